import { readHttpRequest } from "../shared/http-request.ts";
import { type ApiGatewayResponse, apiGatewayResponse } from "../shared/http-response.ts";
import { type LambdaContext, timeLeftMs } from "../shared/lambda-context.ts";
import { invocationLog } from "../shared/log.ts";
import { processNotification } from "./process-notification.ts";
import { processRequest } from "./process-request.ts";
import type { UploadPorts } from "./process-upload.ts";
import { readS3Event } from "./s3-event.ts";

export interface ContentPorts extends Omit<UploadPorts, "callTimeoutMs"> {
  readonly writeLine: (line: string) => void;
}

/** The handler behind the content bucket and the API: writes an item per uploaded object and per request. */
export function contentHandler(ports: ContentPorts) {
  return async (event: unknown, context: LambdaContext): Promise<ApiGatewayResponse | undefined> => {
    const log = invocationLog(context, ports.writeLine);
    const uploadPorts: UploadPorts = { ...ports, callTimeoutMs: () => callTimeoutMs(context) };
    const request = readHttpRequest(event);
    if (request !== undefined) return apiGatewayResponse(await processRequest(uploadPorts, request, log));
    const s3Event = readS3Event(event);
    if (s3Event.kind === "not-s3") {
      throw new Error("event: expected an API Gateway proxy request (httpMethod, path, body) or an S3 notification");
    }
    await processNotification(uploadPorts, s3Event, log);
    return undefined;
  };
}

function callTimeoutMs(context: LambdaContext): number {
  const leftMs = Math.ceil(timeLeftMs(context));
  if (leftMs <= 0) throw new Error("no time left for another call: raise the function's timeout");
  return leftMs;
}
