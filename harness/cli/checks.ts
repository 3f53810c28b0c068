import picocolors from "picocolors";
import { RULES } from "../checks/catalogue/index.ts";
import { type CatalogueEntry, catalogueOf, renderCatalogue } from "../checks/catalogue.ts";
import type { ExitCode } from "../model/errors.ts";
import { hang } from "../report/wrap.ts";

export interface ChecksOptions {
  readonly json?: true;
  readonly markdown?: true;
}

/** `stackproof checks`: every rule with its severity, what breaks, what it reads and how to fix it. Reads nothing and makes no call. */
export async function checks(options: ChecksOptions): Promise<ExitCode> {
  process.stdout.write(render(catalogueOf(RULES), options));
  return 0;
}

function render(entries: readonly CatalogueEntry[], { json, markdown }: ChecksOptions): string {
  if (json === true) return `${JSON.stringify(entries, null, 2)}\n`;
  if (markdown === true) return renderCatalogue(entries);
  const colors = picocolors.createColors(process.stdout.isTTY === true && picocolors.isColorSupported);
  return `${entries.map((entry) => renderEntry(entry, colors)).join("\n")}\n${entries.length} checks.\n`;
}

type Colors = ReturnType<typeof picocolors.createColors>;

function renderEntry(
  { code, severity, title, breaks, reads, needs, remedy }: CatalogueEntry,
  { bold, dim }: Colors,
): string {
  const fields = [
    ["severity", severity],
    ["breaks", breaks],
    ["reads", reads.join(", ")],
    ["needs", needs.join(", ") || "no role"],
    ["remedy", remedy],
  ] as const;
  const lines = fields.flatMap(([name, text]) =>
    hang(`  ${name.padEnd(8)} `, text, 100).map((line, index) => (index === 0 ? line.replace(name, dim(name)) : line)),
  );
  return `${bold(code)}  ${title}\n${lines.join("\n")}\n`;
}
