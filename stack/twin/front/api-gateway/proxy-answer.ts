import { z } from "zod";
import { parsedJson } from "../../model/text.ts";
import type { ApiResponse } from "./api-request.ts";
import { isBinary } from "./media-types.ts";

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
/** None of the fields is mandatory, no other is allowed. */
const answerShape = z.strictObject({
  statusCode: z.coerce.number().int().min(100).max(599).nullish(),
  headers: z.record(z.string(), value).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(value)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Headers that API Gateway keeps for itself: the function's are passed on under another name. */
const REMAPPED = new Set([
  "connection",
  "content-length",
  "date",
  "server",
  "transfer-encoding",
  "www-authenticate",
  "authorization",
]);

/** The function's answer as a response, or undefined where it is malformed: the client gets a 502 then. */
export function readProxyAnswer(
  payload: string,
  binaryMediaTypes: readonly string[],
  accept: string | undefined,
): ApiResponse | undefined {
  const parsed = answerShape.safeParse(parsedJson(payload));
  if (!parsed.success) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = parsed.data;
  const pairs = [
    ...Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) => values.map((each) => [name, each] as const)),
    ...Object.entries(headers ?? {}).filter(([name]) => multiValueHeaders?.[name] === undefined),
  ].map(([name, each]) => [REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, each] as const);
  const hasType = pairs.some(([name]) => name.toLowerCase() === "content-type");
  const decodes = isBase64Encoded === true && isBinary(binaryMediaTypes, accept);
  return {
    status: statusCode ?? 200,
    headers: hasType ? pairs : [...pairs, ["Content-Type", "application/json"]],
    body: decodes ? Buffer.from(body ?? "", "base64") : (body ?? ""),
  };
}
