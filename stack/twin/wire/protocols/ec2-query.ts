import type { Protocol } from "./protocol.ts";
import { escapeXml, queryProtocol, xmlOf } from "./query.ts";

const NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";

/**
 * EC2's own flavour of the Query protocol: the form is the same, lists are of `item`, the result stands in the response
 * without an element of its own, and errors come in a list. Services give members by their names on the wire.
 * https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export const ec2QueryProtocol: Protocol = {
  read: queryProtocol.read,
  write(answer, _service, operation, requestId) {
    const headers = { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId };
    if (answer.kind === "ok") {
      const result = `<requestId>${requestId}</requestId>${xmlOf(answer.output, "item")}`;
      const body = `<${operation}Response xmlns="${NAMESPACE}">${result}</${operation}Response>`;
      return { status: 200, headers, body };
    }
    const error = `<Error><Code>${escapeXml(answer.code)}</Code><Message>${escapeXml(answer.message)}</Message></Error>`;
    const body = `<Response><Errors>${error}</Errors><RequestID>${requestId}</RequestID></Response>`;
    return { status: answer.status, headers, body };
  },
  unknownOperation: (service, operation) => ({
    kind: "error",
    status: 400,
    code: "InvalidAction",
    message: `The action ${operation} is not valid for this web service: the twin does not implement it for ${service}.`,
  }),
};
