import type { ReadError } from "../../model/read-error.ts";

/**
 * Thrown by what reads a setting where calls, or Terraform, failed: each of the errors is journalled, so that every missing permission
 * is named at once.
 */
export class Unread extends Error {
  readonly errors: readonly ReadError[];

  constructor(errors: readonly ReadError[]) {
    super(errors.map(({ operation, code, message }) => `${operation}: ${code}: ${message}`).join("; "));
    this.name = "Unread";
    this.errors = errors;
  }
}

/** For one call that failed, or gave an answer that is none. @param operation The IAM action, or what was tried: `terraform plan`. */
export function unread(code: string, message: string, operation: string): Unread {
  return new Unread([{ code, message, operation }]);
}

/** Why a setting of a kind is not known. Whatever else was thrown is a defect of ours, or an answer that nobody foresaw. */
export function reasonsOf(error: unknown, kind: string): readonly ReadError[] {
  if (error instanceof Unread) return error.errors;
  const { name, message } = error instanceof Error ? error : { name: "NotAnError", message: String(error) };
  return [{ code: name, message: `the reader failed: ${message}`, operation: `reader of ${kind}` }];
}

/**
 * A field that the service always gives. An answer without it is no answer about the resource: it must end in "unread", never in a
 * setting with a hole in it.
 */
export function required<T>(value: T | null | undefined, field: string, operation: string): T {
  if (value !== undefined && value !== null) return value;
  throw unread("IncompleteAnswer", `the answer lacks ${field}`, operation);
}

/** As `Promise.all`, but waits for all and, where several are unread, throws what is wrong with each. */
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
