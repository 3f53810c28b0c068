/** Points of a line; a null is a gap. */
export type Point = readonly [x: number, y: number | null];

/**
 * At most `most` points that draw the same line: in each stretch of time the lowest and the highest value stay, and so does a gap.
 * Nothing is averaged, so no peak is lost; both ends stay.
 */
export function thin(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const hasGaps = points.some(([, y]) => y === null);
  const buckets = Math.max(1, Math.floor((most - 2) / (hasGaps ? 3 : 2)));
  const kept = new Set<number>([0, points.length - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * points.length) / buckets);
    const to = Math.floor(((bucket + 1) * points.length) / buckets);
    for (const index of extremes(points, from, to)) kept.add(index);
  }
  return points.filter((_, index) => kept.has(index));
}

/** Where the lowest and the highest value stand, and the first gap. */
function extremes(points: readonly Point[], from: number, to: number): number[] {
  let lowest: { index: number; y: number } | undefined;
  let highest: { index: number; y: number } | undefined;
  let gap: number | undefined;
  for (let index = from; index < to; index++) {
    const y = points[index]?.[1];
    if (y === undefined) continue;
    if (y === null) gap ??= index;
    else {
      if (lowest === undefined || y < lowest.y) lowest = { index, y };
      if (highest === undefined || y > highest.y) highest = { index, y };
    }
  }
  return [lowest?.index, highest?.index, gap].filter((index) => index !== undefined);
}
