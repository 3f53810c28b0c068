import type { KeySetting, PolicyDocument } from "../../model/settings/identity-setting.ts";

/** Who asks. */
export type Principal =
  /** A role of the account; `session` is the name of its session where that is known: a function's name, an instance's id. */
  | { readonly kind: "role"; readonly arn: string; readonly session: string | null }
  /** An AWS service in its own name: `s3.amazonaws.com`. */
  | { readonly kind: "service"; readonly name: string }
  /** Somebody of another account, who has all that that account can give. */
  | { readonly kind: "other-account"; readonly accountId: string }
  /** A request without a signature. */
  | { readonly kind: "anonymous" };

/**
 * The condition keys of a request; letter case of names does not count. Null: AWS does not put the key into such a request.
 * A key that is not listed is not known, and a condition that asks for it cannot be decided.
 */
export type RequestContext = Readonly<Record<string, string | readonly string[] | null>>;

export interface AccessRequest {
  readonly principal: Principal;
  /** `lambda:InvokeFunction` */
  readonly action: string;
  readonly resourceArn: string;
  readonly context: RequestContext;
}

export interface NamedPolicy {
  /** As a sentence names it: `the bucket policy of x`. */
  readonly name: string;
  readonly document: PolicyDocument;
}

/** The policies that have a say. */
export interface PoliciesInForce {
  /** Of the role that asks; empty for others. */
  readonly identity: readonly NamedPolicy[];
  readonly boundary: NamedPolicy | null;
  readonly resource: ResourcePolicy;
}

export type ResourcePolicy =
  /** The resource has no policy. */
  | { readonly kind: "none" }
  /** Lets in besides what the caller's own policies allow. */
  | { readonly kind: "policy"; readonly policy: NamedPolicy }
  /** A role's trust policy: without it the caller's own policies allow nothing. */
  | { readonly kind: "trust"; readonly policy: NamedPolicy }
  /** A key's: as a trust policy, but a grant allows as well. */
  | { readonly kind: "key"; readonly policy: NamedPolicy; readonly grants: KeySetting["grants"] };

export type Decision =
  /** `by` names the statement or grant that allows. */
  | { readonly kind: "allowed"; readonly by: string }
  | Denied
  /** A condition or element cannot be decided from what is known. */
  | { readonly kind: "undecidable"; readonly because: string };

export interface Denied {
  readonly kind: "denied";
  /** By a statement that denies, rather than for want of one that allows. */
  readonly explicit: boolean;
  /** Which statement, or what is missing. */
  readonly reason: string;
  /** Statements that all but allow, each with the one element that does not fit. */
  readonly nearMisses: readonly string[];
}
