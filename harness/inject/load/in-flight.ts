import type { Connection } from "./connection.ts";

/**
 * The connections with a request under way, in the order of sending. All requests have the same time limit, so the first is
 * always the first to run out: one look a tick replaces a timer per request.
 */
export class InFlight {
  #first: Connection | undefined = undefined;
  #last: Connection | undefined = undefined;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get first(): Connection | undefined {
    return this.#first;
  }

  add(connection: Connection): void {
    connection.before = this.#last;
    connection.after = undefined;
    if (this.#last === undefined) this.#first = connection;
    else this.#last.after = connection;
    this.#last = connection;
    this.#count += 1;
  }

  remove(connection: Connection): void {
    const { before, after } = connection;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    connection.before = undefined;
    connection.after = undefined;
    this.#count -= 1;
  }
}
