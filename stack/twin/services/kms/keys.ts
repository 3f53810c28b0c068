import type { Resource, TwinState } from "../../state/twin-state.ts";
import { type ErrorAnswer, failed } from "../answer.ts";

export type Key = Resource<"keys">;

/** A key by its id, its ARN or, where the operation takes one, an alias' name or ARN. */
export function findKey(state: TwinState, named: string, takesAlias = false): Key | undefined {
  const byId = (id: string) => state.keys.find((key) => key.key_id === id || key.arn === id);
  if (!takesAlias) return byId(named);
  const alias = state.keyAliases.find(({ arn, name }) => arn === named || name === named);
  return byId(alias?.target_key_id ?? named);
}

/** The ARN that a call is authorized for, whether there is such a key or not. */
export function keyArnOf(state: TwinState, named: string, takesAlias = false): string {
  const found = findKey(state, named, takesAlias);
  if (found !== undefined || named.startsWith("arn:")) return found?.arn ?? named;
  const { partition, region, accountId } = state;
  return `arn:${partition}:kms:${region}:${accountId}:${named.startsWith("alias/") ? named : `key/${named}`}`;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html (Errors) */
export function keyNotFound(state: TwinState, named: string): ErrorAnswer {
  const arn = keyArnOf(state, named);
  const isAlias = /:alias\//.test(arn);
  return failed("NotFoundException", isAlias ? `Alias ${arn} is not found.` : `Key '${arn}' does not exist`);
}
