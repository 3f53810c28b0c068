import { createClosing } from "./closing.ts";

/** For a wait that nothing cuts short: one for all of them, since a wait takes its listener off again when it is over. */
export const neverAborts: AbortSignal = createClosing().signal;
