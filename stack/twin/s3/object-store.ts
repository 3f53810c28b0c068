import type { EncryptionConfig } from "./bucket-config.ts";

export interface StoredObject {
  readonly kind: "object";
  readonly versionId: string;
  readonly lastModifiedMs: number;
  readonly body: Uint8Array;
  /** With its quotes. */
  readonly eTag: string;
  /** Content-Type and its like, and x-amz-meta-*: given back as they came. */
  readonly headers: Readonly<Record<string, string>>;
  /** By algorithm, for example `crc32`, in base64. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly encryption: Omit<EncryptionConfig, "kmsKeyId"> & { readonly kmsKeyArn: string | undefined };
  readonly partCount: number | undefined;
}

export interface DeleteMarker {
  readonly kind: "delete-marker";
  readonly versionId: string;
  readonly lastModifiedMs: number;
}

export type Version = StoredObject | DeleteMarker;

/** A version id of an object that was written while the bucket kept no versions. */
export const NULL_VERSION = "null";

/** The versions of one bucket's keys, newest first. */
export interface Bucket {
  /** Keys in the order of their UTF-8 bytes, as S3 lists them. */
  keys(): readonly string[];
  versions(key: string): readonly Version[];
  /** Puts a version before the others; one with the same id (`null`) is replaced. */
  add(key: string, version: Version): void;
  /** Takes one version away for good; undefined where there is none of this id. */
  remove(key: string, versionId: string): Version | undefined;
}

/** How much all buckets together may hold. */
export interface Space {
  hasRoomFor(bytes: number): boolean;
  taken(bytes: number): void;
}

export function createSpace(maxBytes: number): Space {
  let usedBytes = 0;
  return {
    hasRoomFor: (bytes) => usedBytes + bytes <= maxBytes,
    taken(bytes) {
      usedBytes += bytes;
    },
  };
}

export function createBucket(space: Space): Bucket {
  const byKey = new Map<string, Version[]>();
  let sorted: string[] | undefined;
  const remove = (key: string, versionId: string): Version | undefined => {
    const versions = byKey.get(key) ?? [];
    const index = versions.findIndex((each) => each.versionId === versionId);
    const [removed] = index < 0 ? [] : versions.splice(index, 1);
    if (removed?.kind === "object") space.taken(-removed.body.byteLength);
    if (versions.length === 0 && byKey.delete(key)) sorted = undefined;
    return removed;
  };
  return {
    keys() {
      sorted ??= [...byKey.keys()].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
      return sorted;
    },
    versions: (key) => byKey.get(key) ?? [],
    remove,
    add(key, version) {
      remove(key, version.versionId);
      if (version.kind === "object") space.taken(version.body.byteLength);
      const versions = byKey.get(key);
      if (versions !== undefined) {
        versions.unshift(version);
        return;
      }
      byKey.set(key, [version]);
      sorted = undefined;
    },
  };
}
