import type { Authorizer, Principal } from "../../model/ports.ts";
import type { TwinState } from "../../state/twin-state.ts";
import { type ErrorAnswer, failed } from "../answer.ts";

/** What IAM reads of the state. */
export type IamState = Pick<
  TwinState,
  | "accountId"
  | "partition"
  | "roles"
  | "rolePolicies"
  | "rolePolicyAttachments"
  | "policyAttachments"
  | "arns"
  | "policies"
  | "instanceProfiles"
  | "users"
  | "keys"
  | "keyPolicies"
>;

/** What every operation works with. */
export interface IamParts {
  readonly state: IamState;
  readonly authorizer: Authorizer;
  /** One of AWS' own policies by its ARN; undefined where the twin does not know its document. */
  readonly awsManagedPolicy: (policyArn: string) => AwsPolicy | undefined;
}

export interface AwsPolicy {
  /** For example `v1`. */
  readonly version: string;
  /** The policy document, as JSON values. */
  readonly document: object;
}

/** The ARN that a call is authorized for when it names something that the state does not have. */
export function iamArn({ partition, accountId }: IamState, kind: string, name: string): string {
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
