import db, { type Store } from "dynalite/db/index.js";
import validations from "dynalite/validations/index.js";
import { z } from "zod";
import type { ServiceAnswer } from "../../model/service.ts";
import type { Home } from "../../state/home.ts";
import { failed } from "../answer.ts";
import { DYNALITE_OPERATIONS, type DynaliteOperation } from "./dynalite-operations.ts";

/** What an operation came to: dynalite's own output, or its error as DynamoDB words it. */
type ItemStoreAnswer =
  | { readonly kind: "ok"; readonly output: Readonly<Record<string, unknown>> }
  | Extract<ServiceAnswer, { kind: "error" }>;

/** Tables and items in memory. Inputs are the JSON of the DynamoDB API, and may be changed by the call. */
export interface ItemStore {
  run(operation: DynaliteOperation, input: Record<string, unknown>): Promise<ItemStoreAnswer>;
}

const dynaliteError = z.object({
  statusCode: z.number(),
  body: z.object({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() }),
});

/**
 * Dynalite's data plane, called as functions: its HTTP server would only parse and write every body once more. Its
 * store is in memory, and new tables are active at once.
 */
export function createItemStore(home: Home): ItemStore {
  const store = db.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  store.tableDb.awsAccountId = home.accountId;
  store.tableDb.awsRegion = home.region;
  rememberTables(store);
  return {
    run: (operation, input) =>
      new Promise((resolve, reject) => {
        const settle = (error: unknown, output: Record<string, unknown> = {}) => {
          if (error === null || error === undefined) return resolve({ kind: "ok", output });
          const known = answerOf(error);
          return known === undefined ? reject(error) : resolve(known);
        };
        try {
          runOn(store, operation, input, settle);
        } catch (error) {
          settle(error);
        }
      }),
  };
}

/**
 * Dynalite reads and parses a table's definition anew for every item that it touches. Tables stay here as the state has
 * them, so one that was found active is kept.
 */
function rememberTables(store: Store): void {
  const read = store.getTable;
  const active = new Map<string, unknown>();
  store.getTable = (name, ...rest) => {
    const [callback, ...more] = rest;
    // With a second argument the caller wants whatever state the table is in, and a copy of its own.
    if (typeof callback !== "function" || more.length > 0) return read(name, ...rest);
    if (active.has(name)) return callback(null, active.get(name));
    read(name, (error: unknown, table: unknown) => {
      if (error === null || error === undefined) active.set(name, table);
      callback(error, table);
    });
  };
}

function runOn(
  store: Store,
  operation: DynaliteOperation,
  input: Record<string, unknown>,
  settle: (error: unknown, output?: Record<string, unknown>) => void,
): void {
  const { action, validation } = DYNALITE_OPERATIONS[operation];
  const data = validations.checkTypes(input, validation.types);
  validations.checkValidations(data, validation.types, validation.custom, store);
  action(store, data, settle);
}

function answerOf(error: unknown): ItemStoreAnswer | undefined {
  const known = dynaliteError.safeParse(error);
  if (!known.success) return undefined;
  const { statusCode, body } = known.data;
  const code = body.__type.slice(body.__type.indexOf("#") + 1);
  return failed(code, body.message ?? body.Message ?? code, statusCode);
}
