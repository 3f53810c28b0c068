import { z } from "zod";
import { isSecretName, type Secret } from "../model/secret.ts";
import { textsIn } from "../model/texts-in.ts";

/**
 * What Terraform marks as sensitive, in the JSON of outputs or of a state: sensitive outputs, and the attributes that `sensitive_values`
 * (`terraform show -json`) or `sensitive_attributes` (a state file) name. Attributes and function variables whose name alone says that they
 * are secret count too: not every provider marks them.
 *
 * A value that Terraform shows openly beside it is none: an ARN, an account or a region in an open output stays readable though another output of it is marked.
 * https://developer.hashicorp.com/terraform/internals/json-format#values-representation
 */
export function sensitiveValuesIn(json: unknown): Secret[] {
  const parsed = anyOfThem.safeParse(json);
  if (!parsed.success) return [];
  const outputs = Object.values(outputsIn(json, parsed.data));
  const resources = [
    ...shownResources(parsed.data.values?.root_module ?? {}),
    ...(parsed.data.resources ?? []).flatMap(({ instances }) => instances.map(ofInstance)),
  ];
  const shown = [
    ...outputs.filter(({ sensitive }) => sensitive !== true).flatMap(({ value }) => textsIn(value)),
    ...resources.flatMap(({ values }) => OPEN_ATTRIBUTES.flatMap((name) => textsIn(values[name]))),
  ];
  const open = new Set(shown.flatMap((text) => [text, ...partsOf(text)]));
  const found = [
    ...outputs
      .filter(({ sensitive }) => sensitive === true)
      .flatMap(({ value }) => textsIn(value).map((text) => ({ value: text, what: "sensitive output" }))),
    ...resources.flatMap(({ values, sensitive }) =>
      [...markedIn(values, sensitive), ...secretByName(values)].map((text) => ({
        value: text,
        what: "sensitive value of the state",
      })),
    ),
  ];
  return found.filter(({ value }) => !open.has(value));
}

/** An ARN shows account, region and name too, and a URL its host. */
function partsOf(text: string): string[] {
  if (text.startsWith("arn:")) return text.split(/[:/]/);
  return URL.canParse(text) ? [new URL(text).hostname] : [];
}

/** What a resource is called by: Terraform prints these in every plan. */
const OPEN_ATTRIBUTES = [
  "arn",
  "name",
  "account_id",
  "owner_id",
  "region",
  "dns_name",
  "function_name",
  "insecure_value",
];

const values = z.record(z.string(), z.unknown());
const outputs = z.record(z.string(), z.looseObject({ value: z.unknown(), sensitive: z.boolean().optional() }));
const step = z.object({ type: z.string(), value: z.unknown() });

interface Module {
  resources?: { values?: Record<string, unknown> | undefined; sensitive_values?: unknown }[] | undefined;
  child_modules?: Module[] | undefined;
}
const module: z.ZodType<Module> = z.object({
  resources: z.array(z.object({ values: values.optional(), sensitive_values: z.unknown().optional() })).optional(),
  get child_modules() {
    return z.array(module).optional();
  },
});
const instance = z.object({ attributes: values.nullish(), sensitive_attributes: z.array(z.array(step)).optional() });

/** Outputs alone have none of these fields. */
const anyOfThem = z.looseObject({
  values: z.looseObject({ outputs: outputs.optional(), root_module: module.optional() }).optional(),
  outputs: outputs.optional(),
  resources: z.array(z.object({ instances: z.array(instance) })).optional(),
});

interface Marked {
  readonly values: Readonly<Record<string, unknown>>;
  /** In the shape of the values: `true` where everything below is sensitive. */
  readonly sensitive: unknown;
}

function outputsIn(json: unknown, { values: shown, outputs: ofFile }: z.infer<typeof anyOfThem>) {
  if (shown !== undefined) return shown.outputs ?? {};
  if (ofFile !== undefined) return ofFile;
  const plain = outputs.safeParse(json);
  return plain.success ? plain.data : {};
}

function shownResources({ resources = [], child_modules = [] }: Module): Marked[] {
  return [
    ...resources.map(({ values: own = {}, sensitive_values: sensitive }) => ({ values: own, sensitive })),
    ...child_modules.flatMap(shownResources),
  ];
}

/** A state file has a list of paths, made of the same steps as `get_attr` and `index`. */
function ofInstance({ attributes, sensitive_attributes: paths = [] }: z.infer<typeof instance>): Marked {
  const own = attributes ?? {};
  const sensitive = paths.reduce<unknown>((marks, path) => merge(marks, markAt(path)), {});
  return { values: own, sensitive };
}

/** The name under which a state file's path leads on; what is not an attribute or an index (`[*]`) marks everything. */
function markAt([first, ...rest]: readonly z.infer<typeof step>[]): unknown {
  if (first === undefined) return true;
  const key = typeof first.value === "object" ? z.object({ value: z.unknown() }).safeParse(first.value) : undefined;
  const name = key === undefined ? first.value : key.data?.value;
  return typeof name === "string" || typeof name === "number" ? { [name]: markAt(rest) } : true;
}

function merge(left: unknown, right: unknown): unknown {
  if (!isRecord(left) || !isRecord(right)) return left === true || right === true ? true : right;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries(
    [...names].map((name) => [name, name in left ? merge(left[name], right[name] ?? {}) : right[name]]),
  );
}

/** The texts of a value whose marks say `true`. */
function markedIn(value: unknown, marks: unknown): string[] {
  if (marks === true) return textsIn(value);
  if (typeof marks !== "object" || marks === null || typeof value !== "object" || value === null) return [];
  const below = new Map(Object.entries(marks));
  return Object.entries(value).flatMap(([name, part]) => markedIn(part, below.get(name)));
}

/** Texts under a name that says secret; ARNs and names of secrets are none. */
function secretByName(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    isSecretName(name) ? textsIn(part).filter((text) => !text.startsWith("arn:")) : secretByName(part),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
