import type { ReadError } from "../../../model/read-error.ts";

/** Thrown where Terraform, its folder or a build could not be asked; becomes a `setting-unread` fact. */
export class CannotRead extends Error {
  readonly error: ReadError;

  /** @param operation What was tried: `terraform plan`. */
  constructor(code: string, message: string, operation: string) {
    super(`${operation}: ${message}`);
    this.name = "CannotRead";
    this.error = { code, message, operation };
  }
}
