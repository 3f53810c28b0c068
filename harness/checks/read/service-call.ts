import type { ReadError } from "../../model/read-error.ts";

/**
 * Makes one call, repeated while its failures are transient (denied ones within the grace window), up to the deadline of all reads.
 * Never throws for a service error, whatever the endpoint answers, and never ends after the deadline.
 *
 * @param operation The IAM action, for example `iam:GetRole`.
 */
export type ServiceCall = <T>(
  operation: string,
  send: (signal: AbortSignal) => Promise<T>,
) => Promise<ServiceAnswer<T>>;

export type ServiceAnswer<T> =
  | { readonly kind: "answered"; readonly output: T }
  | { readonly kind: "failed"; readonly error: ReadError };
