/** Writes deployment packages whose bytes depend on nothing but the files in them. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { zipSync } from "fflate";

// A zip holds local time without a zone, and fflate takes it from the date's local parts: so these are local parts.
const FIXED_TIME = new Date(2000, 0, 1, 0, 0, 0);
const UNIX = 3;
const REGULAR_FILE_0644 = 0o100644;

/**
 * Writes a zip, unless the file is there already with the same bytes.
 *
 * @param {string} path
 * @param {Record<string, Uint8Array>} files content by name
 * @returns {Promise<{ path: string, sizeBytes: number, codeSha256: string, written: boolean }>}
 *   `codeSha256` is base64, as Lambda's CodeSha256 and Terraform's `filebase64sha256` show it
 */
export async function writeZip(path, files) {
  const zip = zipSync(files, { level: 9, mtime: FIXED_TIME, os: UNIX, attrs: (REGULAR_FILE_0644 << 16) >>> 0 });
  await mkdir(dirname(path), { recursive: true });
  const written = await writeWhenChanged(path, zip);
  const codeSha256 = createHash("sha256").update(zip).digest("base64");
  return { path, sizeBytes: zip.length, codeSha256, written };
}

/** Leaves an unchanged file and its time alone, and never shows half a file under its name. */
async function writeWhenChanged(path, bytes) {
  const present = await readFile(path).catch(() => undefined);
  if (present !== undefined && Buffer.compare(present, bytes) === 0) return false;
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, bytes, { mode: 0o644 });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return true;
}
