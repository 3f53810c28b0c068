import type { z } from "zod";
import { type BootResult, bootError } from "../model/boot-error.ts";
import { homeOf } from "./home.ts";
import { terraformTypesOf } from "./resource-types/attribute.ts";
import { type RawResource, readStateFile, withoutIndexes } from "./state-file.ts";
import { RESOURCES, type TwinState } from "./twin-state.ts";

/**
 * Reads the text of `terraform show -json` into the resources that the twin knows. `file` is named in errors.
 * Unknown types become notes; a known resource with a missing or wrongly typed attribute is the one error returned.
 */
export function readState(text: string, file: string): BootResult<TwinState> {
  const raw = readStateFile(text, file);
  if (raw.kind === "error") return raw;
  const managed = raw.value.resources.filter(({ mode }) => mode === "managed");
  const home = homeOf(managed);
  if (home === undefined) {
    return bootError(
      "state.no-account",
      "No resource of the state has an ARN with an account and a region.",
      `${file}, values.root_module`,
      "Use the state of an applied stack: a plan, or a state made with mocked providers, has no ARNs.",
    );
  }
  const resources = readAll(managed, file);
  if (resources.kind === "error") return resources;
  const { outputs } = raw.value;
  const notes = notesOn(managed);
  return { kind: "ok", value: { ...home, ...resources.value, arns: arnsOf(managed), outputs, notes } };
}

/** Reads all resources; the first error of all is the one returned. */
function readAll(managed: readonly RawResource[], file: string): BootResult<z.infer<typeof RESOURCES>> {
  const written = new Map(
    Object.entries(RESOURCES.shape).map(([kind, schema]) => {
      const types = terraformTypesOf(schema);
      return [kind, managed.filter(({ type }) => types.includes(type))];
    }),
  );
  const parsed = RESOURCES.safeParse(
    Object.fromEntries(
      [...written].map(([kind, resources]) => [
        kind,
        resources.map(({ values, address, dependsOn }) => ({ ...values, address, dependsOn })),
      ]),
    ),
  );
  if (parsed.success) return { kind: "ok", value: parsed.data };
  const [issue] = parsed.error.issues;
  const [kind, index, ...attribute] = issue?.path ?? [];
  const address = written.get(String(kind))?.[Number(index)]?.address ?? "";
  return malformed(file, address, attribute.map(String).join("."), issue?.message ?? "wrong shape");
}

function malformed(file: string, address: string, attribute: string, why: string) {
  return bootError(
    "state.resource-malformed",
    `${address}: attribute ${attribute} is not what the AWS provider writes (${why}).`,
    `${file}, ${address}, ${attribute}`,
    "Apply the stack, then write the state anew with `terraform show -json` and AWS provider 5.100 or 6.",
  );
}

function arnsOf(managed: readonly RawResource[]): Map<string, string[]> {
  const arns = new Map<string, string[]>();
  for (const { address, values } of managed) {
    const arn = values["arn"];
    if (typeof arn !== "string" || arn === "") continue;
    const plain = withoutIndexes(address);
    arns.set(plain, [...(arns.get(plain) ?? []), arn]);
  }
  return arns;
}

/** Types that the twin neither plays nor reads and that need no note: no event passes through them and no check asks for them. */
const UNPLAYED_SETTINGS = [
  "aws_default_network_acl",
  "aws_egress_only_internet_gateway",
  "aws_eip",
  "aws_network_acl",
  "aws_network_acl_rule",
  "aws_s3_bucket_acl",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_object",
  "aws_vpc_endpoint",
];

function notesOn(managed: readonly RawResource[]): string[] {
  const known = new Set([...UNPLAYED_SETTINGS, ...Object.values(RESOURCES.shape).flatMap(terraformTypesOf)]);
  const ignored = new Map<string, string[]>();
  for (const { address, type } of managed) {
    if (!known.has(type)) ignored.set(type, [...(ignored.get(type) ?? []), address]);
  }
  return [...ignored].map(
    ([type, addresses]) => `ignored ${type}, which the twin does not play: ${addresses.join(", ")}`,
  );
}
