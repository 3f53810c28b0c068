import { HEADROOM, heldAgainst, type KnobNeed, type SizingBasis } from "./knob-need.ts";

/** Throttling of the stage, where it sets some: the rate with room, and a burst of half a second of it at the least. */
export function apiNeeds(basis: SizingBasis): KnobNeed[] {
  const { size, use, targetEventsPerSecond: target } = basis;
  if (size.api === null || size.api.requestsPerSecond === null) return [];
  const { requestsPerSecond, burst } = size.api;
  const held = heldAgainst("api-throttle", basis);
  const scale = held === null || held === 0 ? 0 : (target / held) * requestsPerSecond;
  const rate = Math.max(requestsPerSecond, Math.ceil(Math.max(target * use.requestsPerEvent, scale) * HEADROOM));
  const why = `${target} events/s are ${Math.ceil(target * use.requestsPerEvent)} requests/s, with ${Math.round((HEADROOM - 1) * 100)}% to spare`;
  return [
    { knob: "apiRequestsPerSecond", before: requestsPerSecond, after: rate, why },
    {
      knob: "apiBurst",
      before: burst,
      after: Math.max(burst ?? 0, Math.ceil(rate / 2)),
      why: "half a second of the rate may come at once",
    },
  ];
}
