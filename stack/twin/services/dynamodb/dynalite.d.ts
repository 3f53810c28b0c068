/** The parts of dynalite 4.0.0 that the twin calls; the package brings no types. */

declare module "dynalite/db/index.js" {
  export interface Store {
    readonly tableDb: { awsAccountId: string; awsRegion: string };
    /** `(name, callback)` gives an active table, `(name, false, callback)` any; a function of the store that actions call. */
    getTable: (name: string, ...rest: unknown[]) => void;
  }
  const db: {
    create(options: { createTableMs?: number; deleteTableMs?: number; updateTableMs?: number }): Store;
    /** Write units of an item (1 KB each) or read units (4 KB each, half where not consistent). */
    capacityUnits(item: unknown, isRead: boolean, isConsistent: boolean): number;
  };
  export default db;
}

declare module "dynalite/validations/index.js" {
  import type { Store } from "dynalite/db/index.js";

  const validations: {
    checkTypes(data: unknown, types: unknown): Record<string, unknown>;
    checkValidations(data: unknown, types: unknown, custom: unknown, store: Store): void;
  };
  export default validations;
}

declare module "dynalite/validations/*.js" {
  const validation: { readonly types: unknown; readonly custom?: unknown };
  export default validation;
}

declare module "dynalite/actions/*.js" {
  import type { Store } from "dynalite/db/index.js";

  const action: (
    store: Store,
    data: Record<string, unknown>,
    callback: (error: unknown, output?: Record<string, unknown>) => void,
  ) => void;
  export default action;
}
