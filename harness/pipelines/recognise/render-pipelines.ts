import type { RecognisedPipeline } from "./recognised.ts";

/** A pipelines file in TypeScript, with what the state does not show as questions above each pipeline. */
export function renderPipelines(pipelines: readonly RecognisedPipeline[], source: string): string {
  const parts = pipelines.map(({ questions, ...pipeline }) =>
    [
      ...questions.map((question) => `  // ? ${question}`),
      indent(`${literal({ name: pipeline.name, entry: pipeline.entry, hops: pipeline.hops, roles: pipeline.roles })},`),
    ].join("\n"),
  );
  return `/**
 * The pipelines of ${source}, as far as its state shows them. {name} is an output of Terraform, {tag} the tag of an event.
 * Lines with a question mark are what the state does not show: look at each, then take it out.
 */
export default [
${parts.join("\n\n")}
];
`;
}

/** A value as a TypeScript literal: names without quotes where they need none. */
function literal(value: unknown, depth = 0): string {
  const pad = "  ".repeat(depth + 1);
  const end = "  ".repeat(depth);
  if (Array.isArray(value)) {
    return `[\n${value.map((part) => `${pad}${literal(part, depth + 1)},\n`).join("")}${end}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    const flat = `{ ${entries.map(([name, part]) => `${nameText(name)}: ${JSON.stringify(part)}`).join(", ")} }`;
    const isFlat = entries.every(([, part]) => typeof part !== "object") && flat.length + pad.length < 100;
    if (isFlat) return flat;
    return `{\n${entries.map(([name, part]) => `${pad}${nameText(name)}: ${literal(part, depth + 1)},\n`).join("")}${end}}`;
  }
  return JSON.stringify(value) ?? "null";
}

function nameText(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : JSON.stringify(name);
}

function indent(lines: string): string {
  return lines
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
