import { z } from "zod";
import { type BootResult, bootError } from "../model/boot-error.ts";
import { plantedFile } from "../model/planted-file.ts";
import { FAULT_KINDS, type FaultKind, HOPS, hopKindOf } from "./hops.ts";

/** One line of the plan. */
export interface Fault {
  /** For example `stream:orders`, or `stream` for all streams. */
  readonly hop: string;
  readonly kind: FaultKind;
  readonly chosenBy:
    | { readonly kind: "rate"; readonly rate: number }
    /** Every nth passage at the hop, in the order that they come. */
    | { readonly kind: "every"; readonly every: number };
  /** Only passages with this text in them. */
  readonly contains: string | undefined;
  /** Least and most milliseconds of `delay`, `late` and `reorder`. */
  readonly delayMs: readonly [number, number];
  /** The error code of `error`; each hop has its own otherwise. */
  readonly code: string | undefined;
  /** Active from so many milliseconds after the boot… */
  readonly firstMs: number;
  /** …to so many. */
  readonly lastMs: number;
  /** At most so often. */
  readonly count: number;
}

export interface FaultsToPlant {
  readonly seed: number;
  readonly faults: readonly Fault[];
}

const milliseconds = z.number().min(0).max(3_600_000);

const fault = z.strictObject({
  hop: z.string().min(1),
  kind: z.enum(FAULT_KINDS),
  rate: z.number().gt(0).max(1).optional(),
  every: z.int().min(1).optional(),
  contains: z.string().min(1).optional(),
  delayMs: z.union([milliseconds, z.tuple([milliseconds, milliseconds])]).optional(),
  code: z.string().min(1).max(100).optional(),
  firstMs: z.number().min(0).optional(),
  lastMs: z.number().min(0).optional(),
  count: z.int().min(1).optional(),
});

const faultFile = z.strictObject({
  $schema: z.string().optional(),
  seed: z.int(),
  faults: z.array(fault).min(1).max(1000),
});

type WrittenFault = z.infer<typeof fault>;

/** How long a reordered event is held back at most, unless the fault says. */
const DEFAULT_REORDER_MS = 1000;
/** Where a reordered event is acked: how long after its ack the one that overtakes it comes at least, and how long it is held back. */
const DEFAULT_ACKED_REORDER_MS = [500, 5000] as const;

const EXAMPLE = '{ "seed": 1, "faults": [ { "hop": "stream", "kind": "drop", "rate": 0.01 } ] }';

/** Reads the text of a fault file; `file` is named in errors. */
export function readFaultFile(text: string, file: string): BootResult<FaultsToPlant> {
  const remedy = `Write it like this: ${EXAMPLE}`;
  const read = plantedFile(text, file, "fault", faultFile, { notJson: remedy, invalid: remedy });
  if (read.kind === "error") return read;
  const faults: Fault[] = [];
  for (const [index, written] of read.value.faults.entries()) {
    const problem = problemOf(written);
    if (problem !== undefined) {
      const { field, message, remedy } = problem;
      return bootError("faults.invalid", message, `${file}, faults[${index}].${field}`, remedy);
    }
    faults.push(faultOf(written));
  }
  return { kind: "ok", value: { seed: read.value.seed, faults } };
}

interface Problem {
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

function problemOf(written: WrittenFault): Problem | undefined {
  const { hop, kind, rate, every, delayMs, firstMs = 0, lastMs = Number.POSITIVE_INFINITY } = written;
  const [hopKind = "", name] = hop.split(/:(.*)/s);
  const known = HOPS[hopKind];
  if (known === undefined || name === "" || (known.named === "" && name !== undefined)) {
    return { field: "hop", message: `There is no hop "${hop}".`, remedy: `Use one of ${hopNames()}.` };
  }
  if (!known.kinds.includes(kind)) {
    const remedy = `Use one of ${known.kinds.join(", ")}, or another hop.`;
    return { field: "kind", message: `"${kind}" cannot be planted at ${hopKind}.`, remedy };
  }
  if ((rate === undefined) === (every === undefined)) {
    const remedy = 'Give "rate" (a share of the events, above 0 and up to 1) or "every" (each nth event).';
    return { field: "rate", message: 'A fault has either "rate" or "every".', remedy };
  }
  if ((kind === "delay" || kind === "late") && delayMs === undefined) {
    return {
      field: "delayMs",
      message: `"${kind}" needs a delay.`,
      remedy: 'Give "delayMs": milliseconds, or [least, most].',
    };
  }
  if (Array.isArray(delayMs) && delayMs[0] > delayMs[1]) {
    return { field: "delayMs", message: "The least delay is above the most.", remedy: "Write [least, most]." };
  }
  if (firstMs > lastMs) {
    const remedy = 'Give "lastMs" later than "firstMs".';
    return { field: "lastMs", message: "The fault ends before it begins.", remedy };
  }
  return undefined;
}

function faultOf({ hop, kind, rate, every, contains, delayMs, code, firstMs, lastMs, count }: WrittenFault): Fault {
  return {
    hop,
    kind,
    chosenBy: every === undefined ? { kind: "rate", rate: rate ?? 0 } : { kind: "every", every },
    contains,
    delayMs: delaysOf(hop, kind, delayMs),
    code,
    firstMs: firstMs ?? 0,
    lastMs: lastMs ?? Number.POSITIVE_INFINITY,
    count: count ?? Number.POSITIVE_INFINITY,
  };
}

function delaysOf(hop: string, kind: FaultKind, given: WrittenFault["delayMs"]): readonly [number, number] {
  if (Array.isArray(given)) return given;
  if (kind !== "reorder") return [given ?? 0, given ?? 0];
  if (hopKindOf(hop)?.acksReordered) return given === undefined ? DEFAULT_ACKED_REORDER_MS : [given / 2, given];
  return [0, given ?? DEFAULT_REORDER_MS];
}

function hopNames(): string {
  return Object.entries(HOPS)
    .map(([hop, { named }]) => (named === "" ? hop : `${hop} (or ${hop}:<${named}>)`))
    .join(", ");
}
