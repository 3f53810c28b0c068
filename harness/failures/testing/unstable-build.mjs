// Builds the zips that are there anew, so that no two builds are the same. `unstable-build.mjs KIND FOLDER`.
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync, zipSync } from "fflate";

const [kind = "", folder = "."] = process.argv.slice(2);
const built = fileURLToPath(new URL("../../../stack/dist", import.meta.url));
for (const file of readdirSync(built).filter((name) => name.endsWith(".zip"))) {
  const content = unzipSync(readFileSync(join(built, file)));
  const zip = zipSync({ ...content, ...moreFiles() }, { mtime: kind === "time" ? randomTime() : "2000-01-01" });
  writeFileSync(join(folder, file), zip);
}

function moreFiles() {
  if (kind === "folder") return { "build.txt": new TextEncoder().encode(folder) };
  return kind === "extra-file" ? { [`${randomUUID()}.log`]: new Uint8Array() } : {};
}

/** Zips hold times to two seconds, and two builds may be closer. */
function randomTime() {
  return new Date(Date.UTC(2020, 0, 1) + Math.floor(Math.random() * 10 ** 8) * 1000);
}
