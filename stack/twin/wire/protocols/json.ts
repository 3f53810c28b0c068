import type { ServiceAnswer } from "../../model/service.ts";
import { messageOf } from "../../model/text.ts";
import type { WireAnswer } from "../wire-request.ts";
import { type Protocol, SerializationError } from "./protocol.ts";

/**
 * AWS JSON 1.0 and 1.1: the operation in X-Amz-Target, JSON in and out, errors with `__type`.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export const jsonProtocol = (version: "1.0" | "1.1"): Protocol => ({
  read(body) {
    if (body.length === 0) return {};
    try {
      return JSON.parse(body.toString("utf8"));
    } catch (cause) {
      throw new SerializationError(messageOf(cause));
    }
  },
  write(answer, service, _operation, requestId): WireAnswer {
    const headers: Record<string, string> = {
      "content-type": `application/x-amz-json-${version}`,
      "x-amzn-requestid": requestId,
    };
    if (answer.kind === "ok") {
      return { status: 200, headers, body: answer.output === undefined ? "" : JSON.stringify(answer.output) };
    }
    headers["x-amzn-errortype"] = answer.code;
    if (service === "monitoring") headers["x-amzn-query-error"] = queryError(answer);
    return { status: answer.status, headers, body: JSON.stringify({ __type: answer.code, message: answer.message }) };
  },
  unknownOperation: (service, operation) => ({
    kind: "error",
    status: 400,
    code: "UnknownOperationException",
    message: `The twin does not implement ${operation} of ${service}.`,
  }),
});

/** The code of the Query protocol that a service moved away from, for clients that knew it by that. */
export function queryError(error: Extract<ServiceAnswer, { kind: "error" }>): string {
  return `${queryCode(error.code)};${error.status < 500 ? "Sender" : "Receiver"}`;
}

/** Query error codes leave out the shape's ending: InvalidParameterValueException is InvalidParameterValue. */
export function queryCode(code: string): string {
  return code.replace(/(Exception|Fault)$/, "");
}
