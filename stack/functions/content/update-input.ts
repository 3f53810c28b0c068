import type { UpdateItemCommandInput } from "@aws-sdk/client-dynamodb";
import { expiresAtSeconds } from "../shared/limits.ts";

/** What is known of a piece of content; `undefined` attributes are removed from the item, so that none is of an older version. */
export type Content =
  | { readonly source: "api"; readonly id: string; readonly payload: string }
  | {
      readonly source: "s3";
      readonly id: string;
      readonly bucket: string;
      readonly versionId: string | undefined;
      readonly sizeBytes: number;
      readonly payload: string | undefined;
    };

type Value = { readonly S: string } | { readonly N: string };

/**
 * The UpdateItem call that sets an item's attributes and counts the delivery. All names go through placeholders, as `source`
 * and others may be reserved words.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export function updateInput(tableName: string, content: Content, nowMs: number) {
  const attributes = Object.entries(attributesOf(content, nowMs));
  const set = attributes.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  const remove = attributes.flatMap(([name, value]) => (value === undefined ? [name] : []));
  const clauses = [
    `SET ${set.map(({ name }) => `#${name} = :${name}`).join(", ")}`,
    "ADD #deliveries :one",
    ...(remove.length === 0 ? [] : [`REMOVE ${remove.map((name) => `#${name}`).join(", ")}`]),
  ];
  return {
    TableName: tableName,
    Key: { id: { S: content.id } },
    UpdateExpression: clauses.join(" "),
    ExpressionAttributeNames: Object.fromEntries(
      [...attributes.map(([name]) => name), "deliveries"].map((name) => [`#${name}`, name]),
    ),
    ExpressionAttributeValues: {
      ...Object.fromEntries(set.map(({ name, value }) => [`:${name}`, value])),
      ":one": { N: "1" },
    },
    ReturnValues: "UPDATED_NEW",
  } satisfies UpdateItemCommandInput;
}

function attributesOf(content: Content, nowMs: number): { readonly [name: string]: Value | undefined } {
  const common = {
    source: text(content.source),
    payload: text(content.payload),
    updated_at_ms: { N: String(nowMs) },
    expires_at: { N: String(expiresAtSeconds(nowMs)) },
  };
  switch (content.source) {
    case "api":
      return common;
    case "s3":
      return {
        ...common,
        bucket: text(content.bucket),
        version_id: text(content.versionId),
        size_bytes: { N: String(content.sizeBytes) },
      };
    default:
      return content satisfies never;
  }
}

function text(value: string | undefined): Value | undefined {
  return value === undefined ? undefined : { S: value };
}
