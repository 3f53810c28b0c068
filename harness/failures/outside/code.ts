import { createHash } from "node:crypto";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { FUNCTIONS } from "../../testing/stackproof.ts";
import { has, output, setValues } from "../../testing/state.ts";
import type { OutsideVariant, Variant } from "../variant.ts";

const NAMES = ["ingest", "processor", "content"] as const;
const FUNCTION = "aws_lambda_function";
const of = (name: string) => has("function_name", output(name));
const THROWS = 'exports.handler = async () => { throw new TypeError("cannot read id of undefined"); };';
const HANGS = "exports.handler = () => new Promise(() => { setTimeout(() => {}, 600_000); });";
const SILENT = 'exports.handler = async () => ({ statusCode: 200, headers: {}, body: "{}" });';

/** One record of the first batch cannot be digested, and is never given up. */
const POISON = otherCode(
  "processor",
  `exports.handler = async ({ Records }) => {
    throw new SyntaxError("poison " + Records[0].kinesis.sequenceNumber);
  };`,
);

/** Broken code: the settings are those of a healthy stack. */
export const CODE: readonly OutsideVariant[] = [
  {
    way: "the processor throws",
    only: "alb-*",
    ...otherCode("processor", THROWS),
    fails: ["event.lost at alb-to-table / processor log"],
    shows: ["cannot read id of undefined"],
  },
  {
    way: "the processor takes longer than its time-out",
    only: "alb-*",
    ...otherCode("processor", HANGS, { timeout: 1 }),
    fails: ["event.lost at alb-to-table / processor log"],
    shows: ["Task timed out"],
  },
  {
    way: "the processor answers and does nothing",
    only: "alb-*",
    ...otherCode("processor", "exports.handler = async () => ({ batchItemFailures: [] });"),
    fails: ["event.lost at alb-to-table / processor log"],
    shows: ["Invocations"],
  },
  {
    way: "the ingest function throws",
    only: "alb-*",
    ...otherCode("ingest", THROWS),
    fails: ["entry.failing at alb-to-table / entry"],
    shows: ["cannot read id of undefined"],
  },
  {
    way: "the ingest function answers 200 and does nothing",
    only: "alb-*",
    ...otherCode("ingest", SILENT),
    fails: ["event.lost at alb-to-table / ingest log"],
    shows: ["Invocations"],
  },
  {
    way: "the content function takes longer than its time-out",
    only: "api-*",
    ...otherCode("content", HANGS, { timeout: 1 }),
    fails: ["entry.failing at api-to-table / entry"],
    shows: ["Task timed out"],
  },
  {
    way: "the content function answers 200 and does nothing",
    only: "upload-*",
    ...otherCode("content", SILENT),
    fails: ["event.lost at upload-to-table / content log"],
    shows: ["Invocations"],
  },
  {
    way: "the handler has another name",
    changes: [setValues(FUNCTION, { handler: "index.main" }, of("content_function_name"))],
    only: "api-*",
    fails: ["entry.failing at api-to-table / entry"],
    shows: ["HandlerNotFound"],
  },
  {
    way: "one record is poison, and its shard waits for it",
    ...POISON,
    changes: [
      ...POISON.changes,
      setValues("aws_kinesis_stream", { shard_count: 1 }),
      setValues("aws_lambda_event_source_mapping", {
        maximum_retry_attempts: -1,
        bisect_batch_on_function_error: false,
        function_response_types: [],
      }),
    ],
    only: "alb-*",
    fails: ["event.lost at alb-to-table / processor log"],
    shows: ["poison", "IteratorAge"],
  },
];

/** One function has other code (and settings), built and applied as it should be: nothing but its behaviour tells. */
function otherCode(
  of: (typeof NAMES)[number],
  source: string,
  settings: Readonly<Record<string, unknown>> = {},
): Required<Pick<Variant, "changes" | "functions">> {
  const zip = zipSync({ "index.js": new TextEncoder().encode(source) }, { mtime: "2000-01-01" });
  const hash = createHash("sha256").update(zip).digest("base64");
  const isOther = has("function_name", output(`${of}_function_name`));
  return {
    changes: [setValues("aws_lambda_function", { ...settings, code_sha256: hash, source_code_hash: hash }, isOther)],
    functions: (folder) => {
      for (const name of NAMES) copyFileSync(join(FUNCTIONS, `${name}.zip`), join(folder, `${name}.zip`));
      writeFileSync(join(folder, `${of}.zip`), zip);
    },
  };
}
