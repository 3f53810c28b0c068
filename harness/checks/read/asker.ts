import type { Clock } from "../../model/ports.ts";
import type { ReadError } from "../../model/read-error.ts";
import { createLane, type Lane } from "./lane.ts";
import { paceOf } from "./paces.ts";
import { Unread, unread } from "./unread.ts";

/**
 * Makes one call and retries it while it fails transiently, or is denied within the grace window, until the deadline of all reads.
 * Never throws for a service error and never ends after the deadline.
 *
 * @param operation The IAM action, for example `iam:GetRole`.
 */
export type ServiceCall = <T>(
  operation: string,
  send: (signal: AbortSignal) => Promise<T>,
) => Promise<ServiceAnswer<T>>;

type ServiceAnswer<T> =
  | { readonly kind: "answered"; readonly output: T }
  | { readonly kind: "failed"; readonly error: ReadError };

/** Handed to `client.send`. */
interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/** Asks the services, each at its own pace. */
export interface Asker {
  /**
   * @param operation The IAM action that permits the call: `s3:GetEncryptionConfiguration` for GetBucketEncryption.
   * @throws Unread
   */
  ask<T>(operation: string, send: (options: SendOptions) => Promise<T>): Promise<T>;
  /**
   * Like `ask`; undefined if the service answers with one of these error names, which say that there is no such thing.
   * @throws Unread
   */
  askIfAny<T>(
    operation: string,
    absentCodes: readonly string[],
    send: (options: SendOptions) => Promise<T>,
  ): Promise<T | undefined>;
}

export interface AskerOptions {
  readonly serviceCall: ServiceCall;
  readonly clock: Clock;
  /** Aborts when no more calls may start. */
  readonly ended: AbortSignal;
}

export function createAsker({ serviceCall, clock, ended }: AskerOptions): Asker {
  const lanes = new Map<string, Lane>();
  function laneOf(operation: string): Lane {
    const service = operation.slice(0, operation.indexOf(":"));
    const lane = lanes.get(service) ?? createLane(paceOf(service), clock, ended);
    lanes.set(service, lane);
    return lane;
  }

  const ask: Asker["ask"] = async (operation, send) => {
    const answer = await laneOf(operation).run(() => serviceCall(operation, (abortSignal) => send({ abortSignal })));
    if (answer === "ended") throw notAsked(operation);
    if (answer.done.kind === "failed") throw new Unread([answer.done.error]);
    return answer.done.output;
  };

  return {
    ask,
    askIfAny: (operation, absentCodes, send) =>
      ask(operation, async (options) => {
        try {
          return await send(options);
        } catch (error) {
          if (isNamed(error, absentCodes)) return undefined;
          throw error;
        }
      }),
  };
}

function notAsked(operation: string): Unread {
  const message =
    "the time for reading settings was over before this could be asked: other calls to the service did not end";
  return unread("NotAsked", message, operation);
}

function isNamed(error: unknown, codes: readonly string[]): boolean {
  if (!(error instanceof Error)) return false;
  return (
    codes.includes(error.name) || ("Code" in error && typeof error.Code === "string" && codes.includes(error.Code))
  );
}
