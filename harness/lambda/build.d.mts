import type { WrittenZip } from "../../stack/functions/zip.mjs";

/** Builds the canary's deployment package; without options from scenarios/ into stack/dist/canary.zip. */
export declare function buildCanary(options?: {
  readonly pipelines?: string;
  readonly canary?: string;
  readonly out?: string;
}): Promise<WrittenZip>;
