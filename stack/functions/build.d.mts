/** The functions' names: their folders here, and their zips in the output folder. */
export declare const FUNCTION_NAMES: readonly ["ingest", "processor", "content"];

/** One function's deployment package. */
export interface BuiltFunction {
  readonly name: string;
  /** The zip. */
  readonly path: string;
  readonly sizeBytes: number;
  /** base64, as Lambda's CodeSha256 and Terraform's `filebase64sha256` show it. */
  readonly codeSha256: string;
  /** False when the same bytes were there already; the file's time is then left as it was. */
  readonly written: boolean;
}

/** Builds all functions into `outDir`, by default `stack/dist`. */
export declare function buildFunctions(options?: { readonly outDir?: string }): Promise<readonly BuiltFunction[]>;
