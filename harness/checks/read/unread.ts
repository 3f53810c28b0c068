import type { ReadError } from "../../model/read-error.ts";

/**
 * Thrown if a setting cannot be read from the account or from Terraform. Each error is journalled, so that a report names every missing
 * permission at once.
 */
export class Unread extends Error {
  readonly errors: readonly ReadError[];

  constructor(errors: readonly ReadError[]) {
    super(errors.map(({ operation, code, message }) => `${operation}: ${code}: ${message}`).join("; "));
    this.name = "Unread";
    this.errors = errors;
  }
}

/** An Unread for one error. @param operation The IAM action, or what was tried: `terraform plan`. */
export function unread(code: string, message: string, operation: string): Unread {
  return new Unread([{ code, message, operation }]);
}

/** Why a setting could not be read. Any other error than Unread is a defect of stackproof, or an unexpected answer. */
export function reasonsOf(error: unknown, kind: string): readonly ReadError[] {
  if (error instanceof Unread) return error.errors;
  const { name, message } = error instanceof Error ? error : { name: "NotAnError", message: String(error) };
  return [{ code: name, message: `the reader failed: ${message}`, operation: `reader of ${kind}` }];
}

/**
 * A field that the service always returns. An answer without it must become "unread", never a setting with a field missing.
 */
export function required<T>(value: T | null | undefined, field: string, operation: string): T {
  if (value !== undefined && value !== null) return value;
  throw unread("IncompleteAnswer", `the answer lacks ${field}`, operation);
}

/** Like `Promise.all`, but waits for all and throws the errors of all that are unread. */
export async function together<T extends readonly unknown[] | []>(
  parts: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  const settled = await Promise.allSettled(parts);
  const reasons = settled.flatMap((part): unknown[] => (part.status === "rejected" ? [part.reason] : []));
  const defect = reasons.find((reason) => !(reason instanceof Unread));
  if (defect !== undefined) throw defect;
  const errors = reasons.flatMap((reason) => (reason instanceof Unread ? reason.errors : []));
  if (errors.length > 0) throw new Unread(errors);
  return Promise.all(parts);
}
