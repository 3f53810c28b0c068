import type { KeySetting, PolicyStatement } from "../../model/settings/identity-setting.ts";
import type { SecurityGroupRule } from "../../model/settings/network-setting.ts";
import { type AccountBuilder, ARNS, healthyAccount } from "./healthy-account.ts";
import { policyOf, type StatementJson } from "./policy-of.ts";

/** Ways to change a healthy account, for tables of tests. */
export const asItIs = (healthy: AccountBuilder): AccountBuilder => healthy;

/** Gives a role one policy with these statements in place of all that it has. */
export function rolePolicy(roleArn: string, ...statements: readonly StatementJson[]) {
  return (healthy: AccountBuilder): AccountBuilder =>
    healthy.change("role", roleArn, () => ({ policies: [{ name: "own", document: policyOf(...statements) }] }));
}

export function trustPolicy(roleArn: string, ...statements: readonly StatementJson[]) {
  return (healthy: AccountBuilder): AccountBuilder =>
    healthy.change("role", roleArn, () => ({ trust: policyOf(...statements) }));
}

export function boundary(roleArn: string, ...statements: readonly StatementJson[]) {
  return (healthy: AccountBuilder): AccountBuilder =>
    healthy.change("role", roleArn, () => ({ permissionsBoundary: policyOf(...statements) }));
}

/** The function's policy with this statement in place of the healthy one of the same sid; undefined takes that one out. */
export function permission(functionName: string, sid: string, statement: StatementJson | undefined) {
  return (healthy: AccountBuilder): AccountBuilder =>
    healthy.change("function-policy", functionName, ({ policy }) => ({
      policy: {
        ...policy,
        statements: [
          ...policy.statements.filter((each) => each.sid !== sid),
          ...(statement === undefined ? [] : policyOf(statement).statements),
        ],
      },
    }));
}

export function bucketPolicy(name: string, ...statements: readonly StatementJson[]) {
  return (healthy: AccountBuilder): AccountBuilder =>
    healthy.change("bucket", name, () => ({ policy: statements.length === 0 ? null : policyOf(...statements) }));
}

/** The statements of the healthy key's policy, by what they are for. */
export const KEY_STATEMENTS = {
  account: ofKey("AccountAdministersKey"),
  kinesis: ofKey("KinesisInThisRegion"),
  logs: ofKey("LogGroupsOfThisAccount"),
  lambda: ofKey("LambdaInThisRegion"),
  lambdaGrants: ofKey("LambdaGrantsInThisRegion"),
  producer: ofKey("Producer"),
  consumer: ofKey("Consumer"),
  content: ofKey("ContentFunction"),
  proofInstance: ofKey("ProofInstance"),
};

function ofKey(sid: string): PolicyStatement {
  const found = healthyAccount()
    .get("key", ARNS.key)
    .policy.statements.find((each) => each.sid === sid);
  if (found === undefined) throw new Error(`the healthy key's policy has no statement ${sid}`);
  return found;
}

/** The key's policy with some of its statements replaced, or, by undefined, taken out. */
export function keyWith(changes: Partial<Record<keyof typeof KEY_STATEMENTS, StatementJson | undefined>>) {
  const statements = Object.values({ ...KEY_STATEMENTS, ...changes }).filter((each) => each !== undefined);
  return keyPolicyOf(...statements);
}

export function keyPolicyOf(...statements: readonly (StatementJson | PolicyStatement)[]) {
  return key({ policy: policyOf(...statements) });
}

export function key(changes: Partial<Omit<KeySetting, "kind">>) {
  return (healthy: AccountBuilder): AccountBuilder => healthy.change("key", ARNS.key, () => changes);
}

/** One change after another. */
export function each(...changes: readonly ((healthy: AccountBuilder) => AccountBuilder)[]) {
  return (healthy: AccountBuilder): AccountBuilder => changes.reduce((account, change) => change(account), healthy);
}

/** A security group rule for one TCP port, with no source but those given. */
export function tcp(port: number, sources: Partial<SecurityGroupRule>): SecurityGroupRule {
  return {
    protocol: "tcp",
    fromPort: port,
    toPort: port,
    cidrsIpv4: [],
    cidrsIpv6: [],
    securityGroupIds: [],
    prefixListIds: [],
    ...sources,
  };
}
