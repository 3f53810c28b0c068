import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative } from "node:path";

/** A file's path → what it imports: files by their paths, anything else (packages, `node:fs`) by name. Paths are relative to the root. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** Of a static import or re-export, types included; one that is in code that a test writes out is indented. */
const STATIC = /^(?:import|export)\s(?:[^;"']*?\sfrom\s*)?"([^"]+)"/gm;
/** Of a dynamic import, and of a type that is imported in place. */
const DYNAMIC = /\bimport\(\s*"([^"]+)"\s*\)/g;

/** What a source text imports, as it names it. */
export function importsIn(text: string): string[] {
  return [...text.matchAll(STATIC), ...text.matchAll(DYNAMIC)].flatMap(([, name]) =>
    name === undefined ? [] : [name],
  );
}

/** What every source file below some folders imports. */
export function readImports(root: string, folders: readonly string[]): Imports {
  const files = folders.flatMap((folder) => sourcesIn(join(root, folder))).map((file) => toPosix(relative(root, file)));
  return new Map(files.map((file) => [file, resolved(file, importsIn(readFileSync(join(root, file), "utf8")))]));
}

/** Imports by path: relative names are resolved against the folder of the file that has them. */
export function resolved(file: string, names: readonly string[]): string[] {
  return names.map((name) => (name.startsWith(".") ? posix.join(posix.dirname(file), name) : name));
}

/** Every circle of a directed graph as the nodes that reach one another (Tarjan, "Depth-first search and linear graph algorithms", 1972). */
export function circlesOf(edges: ReadonlyMap<string, Iterable<string>>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const own = order.size;
    order.set(node, own);
    let low = own;
    open.push(node);
    for (const next of edges.get(node) ?? []) {
      const seen = order.get(next);
      if (seen === undefined) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, seen);
    }
    lowest.set(node, low);
    if (low === own) {
      const circle = open.splice(open.indexOf(node));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return circles;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "dist" || entry.name === "node_modules") return [];
    if (entry.isDirectory()) return sourcesIn(join(folder, entry.name));
    return /\.m?[jt]s$/.test(entry.name) ? [join(folder, entry.name)] : [];
  });
}

function toPosix(path: string): string {
  return path.replaceAll("\\", "/");
}
