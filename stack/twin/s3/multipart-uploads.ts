import type { Principal } from "../model/ports.ts";
import type { StoredObject } from "./object-store.ts";

export interface UploadedPart {
  readonly body: Uint8Array;
  /** With its quotes. */
  readonly eTag: string;
  readonly checksums: Readonly<Record<string, string>>;
  readonly lastModifiedMs: number;
}

/** A multipart upload that is neither completed nor aborted. */
export interface MultipartUpload {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  readonly initiatedMs: number;
  readonly initiatedBy: Principal;
  readonly headers: Readonly<Record<string, string>>;
  readonly encryption: StoredObject["encryption"];
  readonly checksumAlgorithm: string | undefined;
  readonly checksumType: string | undefined;
  readonly parts: Map<number, UploadedPart>;
}

export type MultipartUploads = Map<string, MultipartUpload>;

/** Uploads under way at the same time, all buckets together. */
export const MAX_MULTIPART_UPLOADS = 1_000;
/** S3's own bound on the parts of an upload. */
export const MAX_PARTS = 10_000;
