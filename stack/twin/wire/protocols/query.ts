import { Blob, Timestamp } from "../../model/values.ts";
import type { WireAnswer } from "../wire-request.ts";
import { queryCode } from "./json.ts";
import type { Protocol } from "./protocol.ts";

/** XML namespaces of the services' answers, by signing name. */
const NAMESPACES: Readonly<Record<string, string>> = {
  elasticloadbalancing: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
  iam: "https://iam.amazonaws.com/doc/2010-05-08/",
  monitoring: "http://monitoring.amazonaws.com/doc/2010-08-01/",
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
};

/**
 * AWS Query: a form in, XML out. `Metrics.member.1.Name=x` reads as `{ Metrics: [{ Name: "x" }] }`; every value is a
 * text, which the services' schemas turn into numbers and times where they want them.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const queryProtocol: Protocol = {
  read: (body) => readForm(new URLSearchParams(body.toString("utf8"))),
  write(answer, service, operation, requestId): WireAnswer {
    const headers = { "content-type": "text/xml", "x-amzn-requestid": requestId };
    const namespace = NAMESPACES[service] ?? `https://${service}.amazonaws.com/doc/`;
    if (answer.kind === "ok") {
      const result = `<${operation}Result>${xmlOf(answer.output ?? {}, "member")}</${operation}Result>`;
      const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
      const body = `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`;
      return { status: 200, headers, body };
    }
    const type = answer.status < 500 ? "Sender" : "Receiver";
    const code = escapeXml(queryCode(answer.code));
    const error = `<Error><Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(answer.message)}</Message></Error>`;
    const body = `<ErrorResponse xmlns="${namespace}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
    return { status: answer.status, headers, body };
  },
  unknownOperation: (service, operation) => ({
    kind: "error",
    status: 400,
    code: "InvalidAction",
    message: `Could not find operation ${operation}: the twin does not implement it for ${service}.`,
  }),
};

type FormValue = string | FormNode;
interface FormNode {
  [key: string]: FormValue;
}

/** The parameters as nested objects and lists. */
export function readForm(form: URLSearchParams): Record<string, unknown> {
  const root: FormNode = Object.create(null);
  for (const [name, value] of form) place(root, name.split("."), value);
  const input: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(root)) input[name] = plain(value);
  return input;
}

function place(root: FormNode, path: readonly string[], value: string): void {
  let node = root;
  for (const step of path.slice(0, -1)) {
    const next = node[step];
    if (typeof next === "object") node = next;
    else {
      const made: FormNode = Object.create(null);
      node[step] = made;
      node = made;
    }
  }
  node[path.at(-1) ?? ""] = value;
}

/** A node whose keys count from 1 is a list; `member` (or `entry`) is only the list's own level. */
function plain(value: FormValue): unknown {
  if (typeof value === "string") return value;
  const keys = Object.keys(value);
  const [only] = keys;
  const inner = keys.length === 1 && (only === "member" || only === "entry") ? value[only] : undefined;
  if (inner !== undefined && typeof inner === "object") return plain(inner);
  if (keys.length > 0 && keys.every((key) => /^\d+$/.test(key))) {
    return keys
      .map(Number)
      .sort((a, b) => a - b)
      .map((key) => plain(value[String(key)] ?? ""));
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

/** A value as XML; the elements of a list are each in an element of this name. */
export function xmlOf(output: unknown, listElement: "member" | "item"): string {
  if (output === null || output === undefined) return "";
  if (output instanceof Timestamp) return new Date(output.epochMs).toISOString();
  if (output instanceof Blob) return output.toJSON();
  if (typeof output !== "object") return escapeXml(String(output));
  if (Array.isArray(output)) {
    return output.map((item) => `<${listElement}>${xmlOf(item, listElement)}</${listElement}>`).join("");
  }
  return Object.entries(output)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `<${name}>${xmlOf(value, listElement)}</${name}>`)
    .join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
