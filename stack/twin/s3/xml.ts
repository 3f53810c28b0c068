import { XMLParser } from "fast-xml-parser";
import type { RestAnswer } from "../model/service.ts";

/** A piece of XML that is already escaped. */
export interface Xml {
  readonly xml: string;
}

type XmlContent = string | number | boolean | undefined | Xml | readonly XmlContent[];

const NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** One element; a list is its children, undefined is no element at all. */
export function element(name: string, content: XmlContent): Xml {
  return { xml: content === undefined ? "" : `<${name}>${write(content)}</${name}>` };
}

/** A whole document of S3's namespace. */
export function document(name: string, content: XmlContent): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} ${NAMESPACE}>${write(content)}</${name}>`;
}

/** The head of whatever is answered in XML. */
export const XML_TYPE = { "content-type": "application/xml" };

/** A successful answer whose body is a document of S3's namespace. */
export function documentAnswer(name: string, content: XmlContent, headers: RestAnswer["headers"] = {}): RestAnswer {
  return { status: 200, headers: { ...XML_TYPE, ...headers }, body: document(name, content) };
}

/** A whole document without a namespace, as errors have it. */
export function plainDocument(name: string, content: XmlContent): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}>${write(content)}</${name}>`;
}

function write(content: XmlContent): string {
  if (content === undefined) return "";
  if (typeof content !== "object") return escaped(String(content));
  return "xml" in content ? content.xml : content.map(write).join("");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Control characters cannot stand in XML 1.0 as they are; S3 writes them as references all the same. */
function escaped(text: string): string {
  return text.replaceAll(
    /[&<>"\p{Cc}]/gu,
    (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );
}

const parser = new XMLParser({
  parseTagValue: false,
  ignoreDeclaration: true,
  trimValues: false,
  htmlEntities: true,
  isArray: (name) => name === "Object" || name === "Part",
});

/** The document's tree, texts as strings; undefined where it is not well-formed. */
export function parseXml(text: string): unknown {
  try {
    return parser.parse(text, true);
  } catch {
    return undefined;
  }
}
