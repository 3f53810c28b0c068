import { readFileSync } from "node:fs";
import { CannotRun } from "../model/errors.ts";

/** The JSON in a file. Throws `CannotRun` that says whether the file is absent, empty, or no JSON. */
export function readJsonFile(path: string, what: string): unknown {
  const text = readText(path, what);
  return parseJson(text, path, what);
}

/** The JSON in a text that came from `place`. */
export function parseJson(text: string, place: string, what: string): unknown {
  if (text.trim() === "")
    throw new CannotRun({
      code: "deployment.empty",
      message: `The ${what} is empty`,
      place,
      remedy: "Write it again: terraform output -json > outputs.json, or terraform show -json > state.json.",
    });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CannotRun({
      code: "deployment.not-json",
      message: `The ${what} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      place,
      remedy: "It must be what terraform output -json or terraform show -json prints.",
    });
  }
}

function readText(path: string, what: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new CannotRun({
      code: "deployment.absent",
      message: code === "ENOENT" ? `There is no ${what}` : `The ${what} cannot be read (${code})`,
      place: path,
      remedy: "Name a file that exists, a Terraform folder, or leave the option away to verify the embedded twin.",
    });
  }
}
