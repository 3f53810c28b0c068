import type { AuthorizationRequest, Authorizer, Principal } from "../model/ports.ts";
import { callerName, callerOf } from "./policy/caller.ts";

/** One kind of denial, and how often it came. */
export interface Denial {
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  readonly reason: string;
  readonly count: number;
}

const maximumRemembered = 500;

/** Keeps what an authorizer denies for the status page: the first 500 kinds, and the number of all of them. */
export function recordDenials(authorizer: Authorizer): {
  readonly authorizer: Authorizer;
  readonly denials: () => { readonly total: number; readonly kinds: readonly Denial[] };
} {
  const kinds = new Map<string, Denial>();
  let total = 0;
  const remember = ({ principal, action, resourceArn: resource }: AuthorizationRequest, reason: string) => {
    total += 1;
    const caller = nameOf(principal);
    const key = JSON.stringify([caller, action, resource]);
    const known = kinds.get(key);
    if (known === undefined && kinds.size >= maximumRemembered) return;
    kinds.set(key, { caller, action, resource, reason, count: (known?.count ?? 0) + 1 });
  };
  return {
    authorizer: {
      decide(request) {
        const decision = authorizer.decide(request);
        if (!decision.allowed) remember(request, decision.reason);
        return decision;
      },
    },
    denials: () => ({ total, kinds: [...kinds.values()] }),
  };
}

const nameOf = (principal: Principal): string => callerName(callerOf(principal, () => undefined));
