/** What one call of a batch operation may hold. */
export interface BatchLimits {
  readonly maxEntries: number;
  readonly maxSizeBytes: number;
}

/**
 * Splits entries into batches that each respect the limits, keeping their order and filling each batch as far as it goes.
 * An entry that is larger than `maxSizeBytes` by itself gets a batch of its own: callers turn such entries away before.
 */
export function splitBatches<E>(
  entries: readonly E[],
  sizeBytesOf: (entry: E) => number,
  limits: BatchLimits,
): readonly (readonly E[])[] {
  const batches: E[][] = [];
  let current: E[] = [];
  let currentSizeBytes = 0;
  for (const entry of entries) {
    const sizeBytes = sizeBytesOf(entry);
    const full = current.length >= limits.maxEntries || currentSizeBytes + sizeBytes > limits.maxSizeBytes;
    if (full && current.length > 0) {
      batches.push(current);
      current = [];
      currentSizeBytes = 0;
    }
    current.push(entry);
    currentSizeBytes += sizeBytes;
  }
  if (current.length > 0) batches.push(current);
  return batches;
}
