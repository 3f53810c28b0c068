import type { Authorizer } from "../../model/ports.ts";
import type { TwinState } from "../../state/twin-state.ts";
import { keyDirectory } from "../state/key-directory.ts";
import { authorizationOf, type KeyUse, type KeyUseOutcome } from "./key-use.ts";

/** The account's KMS keys, as the services behind the twin use them. */
export interface Keys {
  /** Whether KMS lets the use happen: the policies first, then the state that the key is in. */
  mayUseKey(use: KeyUse): KeyUseOutcome;
  /** The ARN behind a key's id, ARN, alias name or alias ARN; another stack's and AWS' own keys keep their name. */
  arnOf(key: string): string;
  /** Keys that the state's resources name and the state does not hold: what their policies say is not known. */
  readonly notes: readonly string[];
}

/**
 * A key that Terraform disabled (`is_enabled = false`) refuses its uses. That a key is about to be deleted no state says.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export function createKeys(state: TwinState, authorizer: Authorizer): Keys {
  const keyNamed = keyDirectory(state);
  const disabled = new Set(state.keys.filter(({ is_enabled }) => !is_enabled).map(({ arn }) => arn));
  const arnOf = (key: string) => keyNamed(key) ?? unknownKeyArn(key, state);
  return {
    mayUseKey(use) {
      const keyArn = arnOf(use.key);
      const decision = authorizer.decide(authorizationOf(use, keyArn));
      if (!decision.allowed) return { kind: "denied", keyArn, reason: decision.reason };
      return disabled.has(keyArn) ? { kind: "disabled", keyArn } : { kind: "allowed" };
    },
    arnOf,
    notes: unknownKeyNotes(state, (key) => keyNamed(key) !== undefined),
  };
}

function unknownKeyArn(key: string, { partition, region, accountId }: TwinState): string {
  if (key.startsWith("arn:")) return key;
  return `arn:${partition}:kms:${region}:${accountId}:${key.startsWith("alias/") ? key : `key/${key}`}`;
}

function unknownKeyNotes(state: TwinState, isKnown: (key: string) => boolean): string[] {
  const named = [
    ...state.streams.map(({ address, kms_key_id }) => ({ address, key: kms_key_id })),
    ...state.logGroups.map(({ address, kms_key_id }) => ({ address, key: kms_key_id })),
    ...state.functions.map(({ address, kms_key_arn }) => ({ address, key: kms_key_arn })),
    ...state.tables.map((table) => ({ address: table.address, key: table.server_side_encryption?.kms_key_arn })),
    ...state.bucketEncryptions.flatMap(({ address, rule }) =>
      rule.map((each) => ({ address, key: each.apply_server_side_encryption_by_default?.kms_master_key_id })),
    ),
  ];
  const addresses = new Map<string, string[]>();
  for (const { address, key } of named) {
    if (key === undefined || isKnown(key) || /(^|:)alias\/aws\//.test(key)) continue;
    addresses.set(key, [...(addresses.get(key) ?? []), address]);
  }
  return [...addresses].map(
    ([key, users]) =>
      `key ${key} of ${users.join(", ")} is not in the state: taken to let this account's identities and services in`,
  );
}
