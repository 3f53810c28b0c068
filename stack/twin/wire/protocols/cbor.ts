import type { WireAnswer } from "../wire-request.ts";
import { decodeCbor, encodeCbor } from "./cbor-codec.ts";
import { queryError } from "./json.ts";
import type { Protocol } from "./protocol.ts";

/**
 * Smithy RPC v2 CBOR, which the AWS CLI speaks to CloudWatch: the operation in the path, CBOR in and out.
 * https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export const cborProtocol: Protocol = {
  read: (body) => (body.length === 0 ? {} : decodeCbor(body)),
  write(answer, service, _operation, requestId): WireAnswer {
    const headers: Record<string, string> = {
      "content-type": "application/cbor",
      "smithy-protocol": "rpc-v2-cbor",
      "x-amzn-requestid": requestId,
    };
    if (answer.kind === "ok") return { status: 200, headers, body: encodeCbor(answer.output ?? {}) };
    if (service === "monitoring") headers["x-amzn-query-error"] = queryError(answer);
    return { status: answer.status, headers, body: encodeCbor({ __type: answer.code, message: answer.message }) };
  },
  unknownOperation: (service, operation) => ({
    kind: "error",
    status: 404,
    code: "UnknownOperationException",
    message: `The twin does not implement ${operation} of ${service}.`,
  }),
};
