import { createHash } from "node:crypto";
import { z } from "zod";

const request = z.object({ httpMethod: z.string(), path: z.string(), body: z.string().nullish() });
const object = z.object({
  s3: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
});
const record = z.object({ kinesis: z.object({ partitionKey: z.string() }) });
const records = z.object({ Records: z.array(z.union([object, record])).min(1) });

/**
 * What tells one invocation from others: the request that it answers, the object or the records that it is about.
 * Everything in a payload that differs from run to run (times, identifiers of requests) is left out; of a payload that
 * is none of these there is only the digest.
 */
export function invocationPassage(payload: string): string {
  const event: unknown = JSON.parse(payload);
  const asRequest = request.safeParse(event);
  if (asRequest.success) {
    const { httpMethod, path, body } = asRequest.data;
    return `${httpMethod} ${path}${body ? ` ${body}` : ""}`;
  }
  const asRecords = records.safeParse(event);
  if (asRecords.success) return asRecords.data.Records.map(nameOf).join(" ");
  return `sha256 ${createHash("sha256").update(payload).digest("hex")}`;
}

function nameOf(each: z.infer<typeof object> | z.infer<typeof record>): string {
  return "s3" in each ? `${each.s3.bucket.name}/${each.s3.object.key}` : each.kinesis.partitionKey;
}
