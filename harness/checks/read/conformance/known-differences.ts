import type { KnownDifference } from "./differences.ts";

/** Where the readers see moto and the twin differ after the same apply, and which of them is not as AWS is. https://docs.getmoto.org */
export const knownDifferences: readonly KnownDifference[] = [
  {
    path: /^event-source-mappings .* › mappings($| ›)/,
    fault: "moto",
    why: "moto lists a function's mappings only where it is asked by the function's ARN; AWS takes its name too",
  },
  {
    path: /^flow-logs .* › (deliveryStatus|deliveryError)$/,
    fault: "moto",
    why: "moto finds the log group by name alone, and calls delivery to an ARN failed",
  },
  {
    path: /^listeners .* › rules › \d+ › arn$/,
    fault: "neither",
    why: "a default rule's ARN is in no state: each makes up its own",
  },
  {
    path: /^load-balancer /,
    fault: "moto",
    why: "moto forgets the scheme that is the default, so that the answer is incomplete and nothing of it is read",
  },
  {
    path: /^object /,
    fault: "moto",
    why: "moto runs no instance that puts the object, and denies every object call on a bucket that wants TLS",
  },
];
