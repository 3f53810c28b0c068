import { z } from "zod";
import { type BootResult, bootError } from "../model/boot-error.ts";
import { messageOf } from "../model/text.ts";

/** One managed resource instance as `terraform show -json` writes it. */
export interface RawResource {
  /** For example `module.ingest.aws_lambda_function.this[0]`. */
  readonly address: string;
  /** For example `aws_lambda_function`. */
  readonly type: string;
  /** `managed` for a resource, `data` for a data source. */
  readonly mode: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** The resources that it was made after, without their indexes; undefined where the state does not say. */
  readonly dependsOn: readonly string[] | undefined;
}

const rawResource = z.object({
  address: z.string(),
  type: z.string(),
  mode: z.string(),
  deposed_key: z.string().optional(),
  depends_on: z.array(z.string()).optional(),
  values: z.record(z.string(), z.unknown()).nullish(),
});

/** What the file holds: its resources, and the root module's outputs that are texts. */
interface RawState {
  readonly resources: readonly RawResource[];
  readonly outputs: Readonly<Record<string, string>>;
}

interface RawModule {
  readonly resources?: readonly z.infer<typeof rawResource>[] | undefined;
  readonly child_modules?: readonly RawModule[] | undefined;
}

const rawModule: z.ZodType<RawModule> = z.object({
  resources: z.array(rawResource).optional(),
  get child_modules() {
    return z.array(rawModule).optional();
  },
});

const stateFile = z.object({
  format_version: z.string(),
  values: z.object({
    root_module: rawModule,
    outputs: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
  }),
});

const REMEDY = "Write the file with `terraform show -json > state.json` in the folder of an applied stack.";

/**
 * Reads the text of `terraform show -json` into the flat list of its resources, those of child modules included, and
 * its outputs.
 * Deposed objects (replaced, not yet destroyed) are left out.
 * Format: https://developer.hashicorp.com/terraform/internals/json-format#values-representation
 */
export function readStateFile(text: string, file: string): BootResult<RawState> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const empty = text.trim() === "";
    const detail = empty ? "it is empty" : messageOf(cause);
    return bootError("state.not-json", `The state file is not JSON: ${detail}.`, file, REMEDY);
  }
  if (typeof json === "object" && json !== null && "serial" in json && "lineage" in json) {
    return bootError(
      "state.wrong-format",
      "This is a raw .tfstate file, not the output of `terraform show -json`.",
      file,
      REMEDY,
    );
  }
  const parsed = stateFile.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue === undefined || issue.path.length === 0 ? "" : `, ${issue.path.join(".")}`;
    return bootError(
      "state.wrong-format",
      `This is not the output of \`terraform show -json\` of an applied stack: ${issue?.message ?? "unknown shape"}.`,
      `${file}${field}`,
      REMEDY,
    );
  }
  const found: RawResource[] = [];
  collect(parsed.data.values.root_module, found);
  if (found.length === 0) {
    return bootError("state.wrong-format", "The state holds no resources.", `${file}, values.root_module`, REMEDY);
  }
  return { kind: "ok", value: { resources: found, outputs: textsOf(parsed.data.values.outputs ?? {}) } };
}

function textsOf(outputs: Readonly<Record<string, { readonly value: unknown }>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, { value }] of Object.entries(outputs)) if (typeof value === "string") texts[name] = value;
  return texts;
}

function collect(module: RawModule, found: RawResource[]): void {
  for (const resource of module.resources ?? []) {
    if (resource.deposed_key !== undefined) continue;
    const { address, type, mode, values, depends_on: dependsOn } = resource;
    found.push({ address, type, mode, values: values ?? {}, dependsOn });
  }
  for (const child of module.child_modules ?? []) collect(child, found);
}

/** An address as `depends_on` spells it: `module.ingest.aws_lambda_function.this` for `module.ingest[0].aws_lambda_function.this["x"]`. */
export function withoutIndexes(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, "");
}
