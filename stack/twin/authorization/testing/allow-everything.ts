import type { Authorizer, KeyUses } from "../../model/ports.ts";

/** The authorizer that allows every call, for tests of what is not about permissions. */
export const allowEverything: Authorizer = { decide: () => ({ allowed: true }) };

/** Keys that serve everybody, for the same tests. */
export const allowEveryKey: KeyUses = {
  ofStream: () => undefined,
  ofTable: () => undefined,
  ofLogGroup: () => undefined,
  ofObject: () => undefined,
  ofFunction: () => undefined,
};
