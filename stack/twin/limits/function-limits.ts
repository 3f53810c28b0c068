import type { Clock } from "../model/ports.ts";
import type { FunctionLimits } from "../model/service-limits.ts";
import type { Limits } from "./aws-limits.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Each unit of concurrency serves 10 synchronous requests a second. */
const REQUESTS_PER_CONCURRENCY = 10;
/** New environments of one function: so many at once, and this many more each second. */
const ENVIRONMENTS_AT_ONCE = 1000;
const ENVIRONMENTS_PER_SECOND = 100;

/** What is reserved for a function; undefined is a share of what is left of the account's. */
export interface Reservation {
  readonly functionName: string;
  readonly reservedConcurrency: number | undefined;
}

/** Executions under way of those who share one allowance, and how quickly they may be asked for. */
class Allowance {
  readonly concurrency: number;
  readonly requests: TokenBucket;
  running = 0;

  constructor(concurrency: number, nowMs: number) {
    const perSecond = concurrency * REQUESTS_PER_CONCURRENCY;
    this.concurrency = concurrency;
    this.requests = new TokenBucket({ tokensPerSecond: perSecond, size: perSecond }, nowMs);
  }
}

/**
 * The concurrency of an account's functions: what is reserved is a function's own, and the others share the rest. Each allowance also
 * takes 10 synchronous requests a second per unit, and each function grows by 1,000 environments every 10 s.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html,
 * https://aws.amazon.com/blogs/compute/understanding-aws-lambdas-invoke-throttle-limits/
 */
export function createFunctionLimits(
  functions: readonly Reservation[],
  limits: Pick<Limits, "accountConcurrency" | "functionDurationMs">,
  clock: Clock,
): (functionName: string) => FunctionLimits {
  const reserved = functions.reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
  const shared = new Allowance(Math.max(0, limits.accountConcurrency - reserved), clock.nowMs());
  const account = { running: 0, unreserved: shared };
  const byName = new Map(
    functions.map(({ functionName, reservedConcurrency }) => {
      const own = reservedConcurrency === undefined ? shared : new Allowance(reservedConcurrency, clock.nowMs());
      return [functionName, limitsOf(own, account, limits.functionDurationMs[functionName] ?? 0, clock)] as const;
    }),
  );
  return (functionName) => byName.get(functionName) ?? limitsOf(shared, account, 0, clock);
}

function limitsOf(
  allowance: Allowance,
  account: { running: number; readonly unreserved: Allowance },
  leastDurationMs: number,
  clock: Clock,
): FunctionLimits {
  const growth = new TokenBucket(
    { tokensPerSecond: ENVIRONMENTS_PER_SECOND, size: ENVIRONMENTS_AT_ONCE },
    clock.nowMs(),
  );
  let running = 0;
  let environments = 0;
  return {
    leastDurationMs,
    begin(kind) {
      if (allowance.running >= allowance.concurrency) return false;
      const nowMs = clock.nowMs();
      const isNew = running >= environments;
      if (isNew && !growth.has(1, nowMs)) return false;
      if (kind === "synchronous" && !allowance.requests.take(1, nowMs)) return false;
      if (isNew) {
        growth.spend(1);
        environments += 1;
      }
      running += 1;
      allowance.running += 1;
      account.running += 1;
      return true;
    },
    end() {
      running -= 1;
      allowance.running -= 1;
      account.running -= 1;
    },
    executions: () => ({
      ofFunction: running,
      ofAccount: account.running,
      unreserved: allowance === account.unreserved ? allowance.running : undefined,
    }),
  };
}
