/** Whether a load goes on, judged by what the last seconds brought. Pure: the caller stops. */
export interface RecentSeconds {
  readonly sentEvents: number;
  readonly ackedEvents: number;
  /** How many seconds these are. */
  readonly seconds: number;
}

/** The fewest seconds in a row, and the fewest events, that anything is concluded from. */
const LEAST_SECONDS = 3;
const LEAST_EVENTS = 20;
/** A stack that acks less than this share is not under load, it is down. */
const LEAST_ACKED_RATIO = 0.5;

/** Why sending must stop; undefined where it may go on. */
export function spentBudget({ sentEvents, ackedEvents, seconds }: RecentSeconds): string | undefined {
  if (seconds < LEAST_SECONDS || sentEvents < LEAST_EVENTS) return undefined;
  const ratio = ackedEvents / sentEvents;
  if (ratio >= LEAST_ACKED_RATIO) return undefined;
  return `${sentEvents - ackedEvents} of ${sentEvents} events of the last ${seconds} s were not acked`;
}
