import type { Principal } from "../../model/ports.ts";
import type { TwinState } from "../../state/twin-state.ts";
import { type ErrorAnswer, failed } from "../answer.ts";

export interface AwsPolicy {
  /** For example `v1`. */
  readonly version: string;
  /** The policy document, as JSON values. */
  readonly document: object;
}

/** The ARN that a call is authorized for when it names something that the state does not have. */
export function iamArn({ partition, accountId }: TwinState, kind: string, name: string): string {
  return `arn:${partition}:iam::${accountId}:${kind}/${name}`;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html (Errors) */
export function noSuchEntity(what: string): ErrorAnswer {
  return failed("NoSuchEntity", what, 404);
}

/** IAM sends every policy document URL-encoded, as RFC 3986 says. */
export function encodedDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The user that calls, by the ARN of its identity; a role or a service is none. */
export function userNameOf(principal: Principal): string | undefined {
  return principal.kind === "user" ? /:user\/(?:.*\/)?([^/]+)$/.exec(principal.arn)?.[1] : undefined;
}
