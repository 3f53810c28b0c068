import { setMaxListeners } from "node:events";

/** An abort controller for a part's end, on whose signal any number of waits may hang: Node warns of a leak from the 11th on. */
export function createClosing(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** For a wait that nothing cuts short: one for all of them, since a wait takes its listener off again when it is over. */
export const NEVER_ABORTS: AbortSignal = createClosing().signal;
