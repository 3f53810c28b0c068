import { z } from "zod";
import { parsedJson } from "../../model/text.ts";
import type { AlbResponse } from "./alb-request.ts";

/** The load balancer's bound on a function's answer. */
const MAX_ANSWER_BYTES = 1024 * 1024;
/** Headers that belong to the connection, which the load balancer sets itself. */
const HOP_HEADERS = new Set(["connection", "content-length", "transfer-encoding", "keep-alive", "date", "server"]);

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const answerShape = z.object({
  statusCode: z.number().int().min(100).max(599),
  statusDescription: z.string().nullish(),
  headers: z.record(z.string(), value).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(value)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** The function's answer as a response, or undefined where it is malformed or too large: the client gets a 502 then. */
export function readLambdaAnswer(payload: string, multiValueHeaders: boolean): AlbResponse | undefined {
  if (Buffer.byteLength(payload) > MAX_ANSWER_BYTES) return undefined;
  const parsed = answerShape.safeParse(parsedJson(payload));
  if (!parsed.success) return undefined;
  const { statusCode, statusDescription, body, isBase64Encoded, headers, multiValueHeaders: multi } = parsed.data;
  const pairs = multiValueHeaders
    ? Object.entries(multi ?? {}).flatMap(([name, values]) => values.map((each) => [name, each] as const))
    : Object.entries(headers ?? {});
  return {
    status: statusCode,
    statusText: statusDescription?.replace(/^\d+ */, ""),
    headers: pairs.filter(([name]) => !HOP_HEADERS.has(name.toLowerCase())),
    body: isBase64Encoded === true ? Buffer.from(body ?? "", "base64") : (body ?? ""),
  };
}
