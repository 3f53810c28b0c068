import { nameIn } from "../../model/resource-name.ts";
import type { Roles } from "../../model/role.ts";
import { textsIn } from "../../model/texts-in.ts";

/**
 * The texts that the deployment's outputs hold (none of them is secret: sensitive outputs are left out), and what the pipelines name,
 * as they do and without the ARN around it: where a deployment has few outputs, only they name its resources.
 */
export function namesOfDeployment(outputs: ReadonlyMap<string, unknown>, roles: readonly Roles[]): ReadonlySet<string> {
  const texts = [...outputs.values()].flatMap((value) => (Array.isArray(value) ? value : [value]));
  const references = roles.flatMap((of) => Object.values(of)).filter((reference) => reference !== undefined);
  return new Set([...texts.filter((text) => typeof text === "string"), ...references, ...references.map(nameIn)]);
}

/**
 * What may be kept of a function's variables; any other value may be a secret, which must not get into a journal, and becomes null.
 * Kept are names of the deployment, ARNs of what has such a name, such names within a JSON value as a JSON list, and what names a
 * stream by the variable's name and by its own form.
 */
export function keepKnown(
  variables: Readonly<Record<string, string>>,
  knownNames: ReadonlySet<string>,
): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      isKnown(value, knownNames) || namesStream(name, value) ? value : knownWithin(value, knownNames),
    ]),
  );
}

function isKnown(value: string, knownNames: ReadonlySet<string>): boolean {
  return knownNames.has(value) || (value.startsWith("arn:") && knownNames.has(nameIn(value)));
}

/** `STREAM`, `EVENTS_STREAM_NAME`, `streamArn`: a variable that is called so holds no secret, if its value has the form of the name. */
const STREAM_VARIABLE = /(^|_)(stream|STREAM)(_?(name|NAME|Name|arn|ARN|Arn))?$|[a-z]Stream(Name|Arn)?$/;
/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StreamDescription.html */
const STREAM = /^(arn:[a-z-]+:kinesis:[a-z0-9-]+:\d{12}:stream\/)?[A-Za-z0-9_.-]{1,128}$/;

function namesStream(variable: string, value: string): boolean {
  return STREAM_VARIABLE.test(variable) && STREAM.test(value);
}

/** The known names in a JSON value, without its other texts and its keys; null if it is none or has none. */
function knownWithin(value: string, knownNames: ReadonlySet<string>): string | null {
  const texts = textsInJson(value).filter((text) => isKnown(text, knownNames));
  return texts.length === 0 ? null : JSON.stringify(texts);
}

/** The texts in a JSON object or list, at any depth; none where the value is no such thing. */
export function textsInJson(value: string): readonly string[] {
  if (!/^\s*[[{]/.test(value)) return [];
  try {
    return textsIn(JSON.parse(value));
  } catch {
    return [];
  }
}
