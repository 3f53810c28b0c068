import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isEsModule } from "./es-module.ts";
import { RuntimeError } from "./function-error.ts";

export type Handler = (event: unknown, context: unknown, callback: unknown) => unknown;

/**
 * Finds and loads `folder/module.export` below the task root as Lambda's Node.js runtime does: `.js`, `.mjs`, `.cjs` in
 * this order, CommonJS and ES modules alike. CommonJS is required rather than imported: importing it reads the source for its
 * exports first, which triples the time that a bundle takes.
 * Throws `Runtime.MalformedHandlerName`, `Runtime.ImportModuleError`, `Runtime.HandlerNotFound`, `Runtime.UserCodeSyntaxError`,
 * or whatever the module itself throws.
 */
export async function loadHandler(taskRoot: string, handler: string): Promise<Handler> {
  if (handler.includes(".."))
    throw malformed(`'${handler}' is not a valid handler name. Use absolute paths when possible.`);
  const split = /^([^.]+)\.(.+)$/.exec(basename(handler));
  if (split === null) throw malformed("Bad handler");
  const [, moduleName = "", exportPath = ""] = split;
  const loaded = await importModule(resolve(taskRoot, dirname(handler)), moduleName);
  const found =
    exportPath.split(".").reduce<unknown>(property, loaded) ??
    exportPath.split(".").reduce<unknown>(property, property(loaded, "default"));
  if (found === undefined) throw new RuntimeError("Runtime.HandlerNotFound", `${handler} is undefined or not exported`);
  if (!isHandler(found)) throw new RuntimeError("Runtime.HandlerNotFound", `${handler} is not a function`);
  return found;
}

async function importModule(folder: string, moduleName: string): Promise<unknown> {
  const file = ["", ".js", ".mjs", ".cjs"].map((ending) => join(folder, moduleName + ending)).find(existsSync);
  if (file === undefined) {
    throw new RuntimeError(
      "Runtime.ImportModuleError",
      `Error: Cannot find module '${moduleName}'\nRequire stack:\n- ${folder}`,
    );
  }
  try {
    return isEsModule(file) ? await import(pathToFileURL(file).href) : createRequire(file)(file);
  } catch (error) {
    throw importError(error);
  }
}

function importError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = property(error, "code");
  if (code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND") {
    return new RuntimeError("Runtime.ImportModuleError", `Error: ${error.message}`);
  }
  return error instanceof SyntaxError
    ? new RuntimeError("Runtime.UserCodeSyntaxError", `SyntaxError: ${error.message}`)
    : error;
}

function property(value: unknown, name: string): unknown {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return undefined;
  return Reflect.get(value, name);
}

function isHandler(value: unknown): value is Handler {
  return typeof value === "function";
}

function malformed(message: string): RuntimeError {
  return new RuntimeError("Runtime.MalformedHandlerName", message);
}
