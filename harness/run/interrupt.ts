import { setMaxListeners } from "node:events";

/** Ctrl-C and SIGTERM, as one abort signal. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Called once with the signal's name, before anything sees the abort. */
  listen(listener: (signal: string) => void): void;
  /** Stops as a signal would, for a reason that the run has. */
  end(reason: string): void;
  stop(): void;
}

/** The first signal asks everything to stop and report what it has; the second ends the process at once. */
export function onInterrupt(): Interrupt {
  const abort = new AbortController();
  // Every wait of a run listens to it, and there are many.
  setMaxListeners(0, abort.signal);
  let listener: (signal: string) => void = () => {};
  const end = (reason: string) => {
    if (abort.signal.aborted) return;
    process.stderr.write(
      `\n${reason}: stopping, and reporting what was seen. Ctrl-C${isSignal(reason) ? " once more" : ""} ends it at once.\n`,
    );
    listener(reason);
    abort.abort();
  };
  const handle = (signal: string) => {
    if (abort.signal.aborted) process.exit(130);
    end(signal);
  };
  process.on("SIGINT", handle);
  process.on("SIGTERM", handle);
  return {
    signal: abort.signal,
    end,
    listen: (next) => {
      listener = next;
    },
    stop: () => {
      process.off("SIGINT", handle);
      process.off("SIGTERM", handle);
    },
  };
}

function isSignal(reason: string): boolean {
  return /^SIG[A-Z]+$/.test(reason);
}
