import type { Rule } from "./rule.ts";

/** One rule, as `stackproof checks --json` prints it. */
export type CatalogueEntry = Omit<Rule, "judge">;

export function catalogueOf(rules: readonly Rule[]): readonly CatalogueEntry[] {
  return rules.map(({ judge: _, ...entry }) => entry);
}

/** The catalogue as a Markdown page, `CATALOGUE.md`. */
export function renderCatalogue(entries: readonly CatalogueEntry[]): string {
  const sections = entries.map(
    ({ code, severity, title, breaks, reads, needs, remedy }) => `## \`${code}\`

${asWritten(title)}.

- Severity: ${severity}
- Breaks: ${asWritten(breaks)}
- Reads: ${reads.join(", ")}
- Needs the roles: ${needs.length > 0 ? needs.join(", ") : "none; judges what the pipeline has"}
- Remedy: ${asWritten(remedy)}
`,
  );
  return `# The checks

${entries.length} rules, judged from settings that were read before. This page is made from the rules:
\`npm run catalogue\`. A test holds it to them.

${sections.join("\n")}`;
}

/** What would be emphasis or a tag in Markdown is meant as it stands. */
function asWritten(text: string): string {
  return text.replace(/[*<]/g, "\\$&");
}
