import type { Part } from "./part.ts";

export interface RoleSetting {
  readonly kind: "role";
  readonly name: string;
  readonly arn: string;
  readonly trust: PolicyDocument;
  /** Inline ones by name, attached ones by ARN. */
  readonly policies: readonly { readonly name: string; readonly document: PolicyDocument }[];
  readonly permissionsBoundary: PolicyDocument | null;
}

export interface KeySetting {
  readonly kind: "key";
  readonly arn: string;
  /** `Enabled`, `Disabled`, `PendingDeletion`, … */
  readonly state: string;
  /** `CUSTOMER` or `AWS`. */
  readonly manager: string;
  readonly policy: PolicyDocument;
  readonly grants: Part<readonly KeyGrant[]>;
}

export interface KeyGrant {
  /** ARN of a role or user, or a service principal. */
  readonly granteePrincipal: string;
  readonly operations: readonly string[];
  /** Which encryption context the grant is bound to: any, one with at least these pairs, or exactly these. */
  readonly encryptionContext: {
    readonly match: "any" | "subset" | "equals";
    readonly pairs: Readonly<Record<string, string>>;
  };
}

/** An IAM policy as it was read; rules reason about what it grants, not how it is spelled. */
export interface PolicyDocument {
  readonly version: string;
  readonly statements: readonly PolicyStatement[];
}

/** Values that are no strings (`false`, 5) are given as text. Single values are lists of one; an absent element is an empty list. `*` as principal is `{ "*": ["*"] }`. */
export interface PolicyStatement {
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly principals: Readonly<Record<string, readonly string[]>>;
  readonly notPrincipals: Readonly<Record<string, readonly string[]>>;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** Operator → condition key → values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}
