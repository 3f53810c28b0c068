import type { z } from "zod";
import { type BootResult, bootError } from "./boot-error.ts";
import { messageOf } from "./text.ts";

/**
 * The content of a file that plants something, from its text. `file` is named in errors; `notJson` and `invalid` are what to do about a
 * text that is not JSON, and about a field that is not as the schema has it: the first of these is the one error.
 */
export function plantedFile<T>(
  text: string,
  file: string,
  name: "fault" | "limit",
  schema: z.ZodType<T>,
  remedies: { readonly notJson: string; readonly invalid: string },
): BootResult<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return bootError(`${name}s.not-json`, `The ${name} file is not JSON: ${messageOf(cause)}.`, file, remedies.notJson);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: "ok", value: parsed.data };
  const [issue] = parsed.error.issues;
  const message = `The ${name} file is invalid: ${issue?.message ?? "unknown shape"}.`;
  return bootError(`${name}s.invalid`, message, `${file}, ${fieldOf(issue)}`, remedies.invalid);
}

/** The field that an issue is about, for example `faults[0].rate`; for an unknown one its own name. */
function fieldOf(issue: z.core.$ZodIssue | undefined): string {
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...(issue?.path ?? []), ...unknown];
  const field = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return field.replace(/^\./, "") || "the whole";
}
