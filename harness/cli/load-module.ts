import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { z } from "zod";
import { packageRoot } from "../deployment/package-root.ts";
import { CannotRun } from "../model/errors.ts";
import { type Pipeline, pipelinesSchema } from "../pipelines/pipeline.ts";

/** The user's pipelines, or those of the reference stack. */
export function loadPipelines(path: string | undefined): Promise<Pipeline[]> {
  return loadChecked(path ?? builtFile("pipelines"), "pipelines", pipelinesSchema);
}

/** A file of the reference stack's own `scenarios/`, as the build bundles it. */
export function builtFile(name: "pipelines" | "verify" | "canary" | "load"): string {
  return join(packageRoot(), "harness", "dist", `${name}.mjs`);
}

/**
 * Loads a user's pipelines or scenarios file (`.ts`, `.mts`, `.mjs`, `.js` with a default export, or `.json`)
 * and checks it. Throws `CannotRun` that names file and field.
 */
export async function loadChecked<Schema extends z.ZodType>(
  path: string,
  what: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await loadValue(path, what));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: field, message }) => `${fieldName(field)}: ${message}`);
  throw new CannotRun({
    code: `${what}.invalid`,
    message: `The ${what} file is not right: ${problems.slice(0, 5).join("; ")}${problems.length > 5 ? ` (and ${problems.length - 5} more)` : ""}`,
    place: `${path}, ${fieldName(parsed.error.issues[0]?.path ?? [])}`,
    remedy: "scenarios/pipelines.ts in the repository is an example of the right shape.",
  });
}

async function loadValue(path: string, what: string): Promise<unknown> {
  try {
    if (path.endsWith(".json")) return JSON.parse(readFileSync(path, "utf8"));
    const module: { default?: unknown } = await import(await importable(path));
    return module.default;
  } catch (error) {
    throw new CannotRun({
      code: `${what}.unreadable`,
      message: `The ${what} file cannot be loaded: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`,
      place: path,
      remedy: "It must be JSON, or a module whose default export is the list.",
    });
  }
}

/** A URL that Node can import: TypeScript is bundled first, with packages left where they are. */
async function importable(path: string): Promise<string> {
  const absolute = resolve(path);
  if (!/\.m?ts$/.test(path)) return pathToFileURL(absolute).href;
  readFileSync(absolute);
  const { build } = await import("esbuild");
  const result = await build({
    entryPoints: [absolute],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "silent",
  });
  const text = result.outputFiles[0]?.text ?? "";
  return `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
}

function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the whole file";
  return `field ${path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "")}`;
}
