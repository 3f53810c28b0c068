/** us-east-1, Linux on x86, of 2024-07, as all prices here. */
const VCPU_HOUR_USD = 0.04048;
const GB_HOUR_USD = 0.004445;
/** What Artillery's runner gives a container unless it is told otherwise. */
const CONTAINER = { vcpus: 4, memoryGb: 8 };
/** Coming up, waiting for the common start, and going down. */
const AROUND_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

/** An estimate, on the high side, of what containers that send a load add to the bill. */
export function fargateCostUsd(containers: number, durationMs: number): number {
  const perHour = CONTAINER.vcpus * VCPU_HOUR_USD + CONTAINER.memoryGb * GB_HOUR_USD;
  return (containers * perHour * (durationMs + AROUND_MS)) / HOUR_MS;
}
