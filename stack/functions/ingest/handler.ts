import { readHttpRequest } from "../shared/http-request.ts";
import { type AlbResponse, albResponse, type HttpAnswer } from "../shared/http-response.ts";
import { type LambdaContext, timeLeftMs } from "../shared/lambda-context.ts";
import { invocationLog, type Log } from "../shared/log.ts";
import { findRoute, type Route } from "../shared/route.ts";
import type { Utf8Text } from "../shared/utf8.ts";
import { putAnswer, putLogEntries, putResult } from "./answer.ts";
import { parseBody } from "./parse-body.ts";
import { type PutRecordsPorts, putEvents } from "./put-records.ts";

export interface IngestPorts extends Omit<PutRecordsPorts, "timeLeftMs"> {
  readonly writeLine: (line: string) => void;
}

const ROUTES: readonly Route<"health" | "events">[] = [
  { method: "GET", path: "/health", name: "health" },
  { method: "POST", path: "/events", name: "events" },
];

/** The handler behind the load balancer: `GET /health`, and `POST /events`, which puts each event into the stream. */
export function ingestHandler(ports: IngestPorts) {
  return async (event: unknown, context: LambdaContext): Promise<AlbResponse> => {
    const request = readHttpRequest(event);
    if (request === undefined) throw new Error("event: expected an HTTP request from an ALB (httpMethod, path, body)");
    const log = invocationLog(context, ports.writeLine);
    const answer = async (): Promise<HttpAnswer> => {
      const routed = findRoute(request, ROUTES);
      if (routed.kind === "no-route") return routed.answer;
      switch (routed.name) {
        case "health":
          return { status: 200, body: { status: "ok" } };
        case "events":
          return postEvents({ ...ports, timeLeftMs: () => timeLeftMs(context) }, request.body, log);
        default:
          return routed.name satisfies never;
      }
    };
    return albResponse(await answer(), request.headerStyle);
  };
}

async function postEvents(ports: PutRecordsPorts, body: Utf8Text, log: Log): Promise<HttpAnswer> {
  const parsed = parseBody(body);
  if (parsed.kind === "invalid") {
    log({ level: "error", message: "request refused", error: "BadRequest", reason: parsed.reason, ids: [] });
    return { status: 400, body: { error: parsed.reason } };
  }
  const result = putResult(parsed.events, await putEvents(ports, parsed.events));
  for (const entry of putLogEntries(result)) log(entry);
  return putAnswer(result);
}
