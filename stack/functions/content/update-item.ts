import type { UpdateItemCommandInput, UpdateItemOutput } from "@aws-sdk/client-dynamodb";
import { type Content, updateInput } from "./update-input.ts";

export interface UpdateItemPorts {
  readonly tableName: string;
  readonly updateItem: (
    input: UpdateItemCommandInput,
    timeoutMs: number,
  ) => Promise<Pick<UpdateItemOutput, "Attributes">>;
  readonly nowMs: () => number;
  /** Throws when there is no time left for a call. */
  readonly callTimeoutMs: () => number;
}

/** Writes the content's item and returns how often this id was delivered so far. Errors of the SDK are thrown. */
export async function updateItem(ports: UpdateItemPorts, content: Content): Promise<number> {
  const input = updateInput(ports.tableName, content, ports.nowMs());
  const answer = await ports.updateItem(input, ports.callTimeoutMs());
  return Number(answer.Attributes?.["deliveries"]?.N);
}
