/**
 * The Terraform in a remedy, laid out as one would write it: a block or statement in braces (`resource "aws_route" { … }`,
 * `{ Effect = "Allow", … }`) is broken at its commas, and single attributes (`Set enabled = true on the aws_…`) stand under a
 * comment that names the resource. Nothing is made up: every word stands in the remedy. Undefined where there is none, or
 * where the remedy leaves a choice between attributes.
 */
export function terraformOf(remedy: string): string | undefined {
  const { blocks, rest } = takeBlocks(remedy);
  const place = placeOf(rest);
  const snippets = [...blocks.map((block) => layOut(block, place)), ...attributesOf(rest, place)];
  return snippets.length === 0 ? undefined : snippets.join("\n\n");
}

interface Block {
  /** `resource "aws_route" "public"`, `point_in_time_recovery`, or empty before a statement of a policy. */
  readonly header: string;
  readonly body: string;
}

const HEADER = /(?:(?:resource|output|data)(?: "[^"]*"){1,2}|[a-z][a-z0-9_]*) $/;

/** Takes the fragments in braces out of a text. */
function takeBlocks(text: string): { readonly blocks: readonly Block[]; readonly rest: string } {
  const blocks: Block[] = [];
  let rest = "";
  let from = 0;
  for (let start = text.indexOf("{"); start >= 0; start = text.indexOf("{", from)) {
    const end = closing(text, start);
    if (end === undefined) break;
    const before = text.slice(from, start);
    const header = (HEADER.exec(before)?.[0] ?? "").trim();
    const body = text.slice(start + 1, end).trim();
    if (/\w+ = /.test(body)) blocks.push({ header: isBlockHeader(header) ? header : "", body });
    rest += before;
    from = end + 1;
  }
  return { blocks, rest: rest + text.slice(from) };
}

/** `resource "…"`, or one word with an underscore as blocks have it; the last word of a sentence is none. */
function isBlockHeader(header: string): boolean {
  return header.includes('"') || header.includes("_");
}

function closing(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    if (character === "{" || character === "[") depth++;
    if (character === "}" || character === "]") depth--;
    if (depth === 0) return index;
  }
  return undefined;
}

function layOut({ header, body }: Block, place: string | undefined): string {
  const lines = alignEquals(splitAtCommas(body)).map((part) => `  ${part}`);
  const above = header.includes('"') || place === undefined ? "" : `${place}\n`;
  return `${above}${header === "" ? "" : `${header} `}{\n${lines.join("\n")}\n}`;
}

/** As `terraform fmt` does it. */
function alignEquals(attributes: readonly string[]): string[] {
  const width = Math.max(...attributes.map((attribute) => attribute.indexOf(" = ")));
  return attributes.map((attribute) => {
    const name = attribute.split(" = ", 1)[0] ?? "";
    return name === attribute ? attribute : `${name.padEnd(width)}${attribute.slice(name.length)}`;
  });
}

function splitAtCommas(body: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let index = 0; index < body.length; index++) {
    const character = body[index];
    if (character === '"') index = Math.max(index, body.indexOf('"', index + 1));
    else if (character === "{" || character === "[") index = closing(body, index) ?? body.length;
    else if (character === ",") {
      parts.push(body.slice(from, index).trim());
      from = index + 1;
    }
  }
  return [...parts, body.slice(from).trim()].filter((part) => part !== "");
}

const ATTRIBUTE = /\b[a-z][a-z0-9_]* = (?:"[^"]*"|\[[^\]]*\]|true\b|false\b|\d+\b|[a-z0-9_]+\([^)]*\))/g;
const RESOURCE = /\baws_[a-z0-9_]+(?:\.[a-z0-9_]+)?(?: (?:named|of) [\w./:-]*\w)?/g;

/** A comment with the resource that a text speaks of, where it speaks of one. */
function placeOf(text: string): string | undefined {
  const resources = [...new Set(text.match(RESOURCE) ?? [])];
  return resources.length === 1 ? `# ${resources[0] ?? ""}` : undefined;
}

function attributesOf(text: string, place: string | undefined): string[] {
  const attributes = text.match(ATTRIBUTE) ?? [];
  if (attributes.length === 0 || place === undefined || /\bor\b/.test(text)) return [];
  return [[place, ...alignEquals(attributes)].join("\n")];
}
