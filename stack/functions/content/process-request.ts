import { identifyEvent } from "../shared/event-id.ts";
import { failureOf } from "../shared/failure.ts";
import type { HttpRequest } from "../shared/http-request.ts";
import type { HttpAnswer } from "../shared/http-response.ts";
import { parseJson } from "../shared/json.ts";
import { MAX_EVENT_SIZE_BYTES } from "../shared/limits.ts";
import type { Log } from "../shared/log.ts";
import { findRoute, type Route } from "../shared/route.ts";
import { type Utf8Text, utf8SizeBytes } from "../shared/utf8.ts";
import type { Content } from "./update-input.ts";
import { type UpdateItemPorts, updateItem } from "./update-item.ts";

const ROUTES: readonly Route<"process">[] = [{ method: "POST", path: "/process", name: "process" }];

/** Answers a request of the API: `POST /process` writes the body's item. */
export async function processRequest(ports: UpdateItemPorts, request: HttpRequest, log: Log): Promise<HttpAnswer> {
  const routed = findRoute(request, ROUTES);
  if (routed.kind === "no-route") return routed.answer;
  const parsed = parseContent(request.body);
  if (parsed.kind === "invalid") {
    log({ level: "error", message: "request refused", error: "BadRequest", reason: parsed.reason, ids: [] });
    return { status: 400, body: { error: parsed.reason } };
  }
  const { id } = parsed.content;
  try {
    const deliveries = await updateItem(ports, parsed.content);
    log({ level: "info", message: "item updated", source: "api", ids: [id] });
    return { status: 200, body: { id, deliveries } };
  } catch (thrown) {
    const { errorCode: error, errorMessage: message } = failureOf(thrown);
    log({ level: "error", message: "item not updated", source: "api", error, reason: message, ids: [id] });
    return { status: 502, body: { error, message } };
  }
}

type ParsedContent =
  | { readonly kind: "content"; readonly content: Content }
  | { readonly kind: "invalid"; readonly reason: string };

function parseContent(body: Utf8Text): ParsedContent {
  if (body.kind === "not-utf8") return { kind: "invalid", reason: "body: not UTF-8 text" };
  const sizeBytes = utf8SizeBytes(body.text);
  if (sizeBytes > MAX_EVENT_SIZE_BYTES) {
    return { kind: "invalid", reason: `body: ${sizeBytes} bytes, at most ${MAX_EVENT_SIZE_BYTES} are allowed` };
  }
  const parsed = parseJson(body.text);
  if (parsed.kind === "not-json") return { kind: "invalid", reason: `body: not JSON: ${parsed.reason}` };
  const identified = identifyEvent(parsed.value, "body");
  if (identified.kind === "invalid") return identified;
  return { kind: "content", content: { source: "api", id: identified.id, payload: body.text } };
}
