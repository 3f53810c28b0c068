import type { TwinState } from "../../state/twin-state.ts";

/**
 * Finds a key by any of its names: id, ARN, alias name (`alias/main`) or alias ARN. Undefined where the state holds no
 * such key, as for another stack's keys and those that AWS manages (`alias/aws/kinesis`).
 */
export function keyDirectory(state: TwinState): (name: string) => string | undefined {
  const arns = new Map<string, string>();
  const idsToArns = new Map(state.keys.map((key) => [key.key_id, key.arn]));
  for (const { key_id, arn } of state.keys) {
    arns.set(key_id, arn);
    arns.set(arn, arn);
  }
  for (const alias of state.keyAliases) {
    const target = alias.target_key_arn ?? idsToArns.get(alias.target_key_id) ?? alias.target_key_id;
    if (!arns.has(target)) continue;
    arns.set(alias.name, target);
    arns.set(alias.arn, target);
  }
  return (name) => arns.get(name);
}
