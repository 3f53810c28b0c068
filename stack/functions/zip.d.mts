/** A deployment package as it was written. */
export interface WrittenZip {
  readonly path: string;
  readonly sizeBytes: number;
  /** base64, as Lambda's CodeSha256 and Terraform's `filebase64sha256` show it. */
  readonly codeSha256: string;
  /** False when the same bytes were there already; the file's time is then left as it was. */
  readonly written: boolean;
}

/** Writes a zip of files, content by name; the same files are the same bytes on any machine. */
export declare function writeZip(path: string, files: Readonly<Record<string, Uint8Array>>): Promise<WrittenZip>;
