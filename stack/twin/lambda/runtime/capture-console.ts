import { format } from "node:util";

const LEVELS = {
  log: "INFO",
  info: "INFO",
  debug: "DEBUG",
  warn: "WARN",
  error: "ERROR",
  trace: "TRACE",
} as const;

/**
 * Turns the console and the standard streams of this thread into log messages, in Lambda's text format:
 * `<ISO time>\t<request id>\t<level>\t<message>`; what is written to the streams directly goes as it is. A call of the
 * console is one message, however many lines it has.
 * Returns the runtime's own way to log an error.
 */
export function captureConsole(
  write: (message: string) => void,
  requestId: () => string | undefined,
): (title: string, text: string) => void {
  const line = (level: string, text: string) => write(`${new Date().toISOString()}\t${requestId()}\t${level}\t${text}`);
  for (const [method, level] of Object.entries(LEVELS)) {
    Reflect.set(console, method, (...values: unknown[]) => {
      line(level, format(...values));
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    Reflect.set(stream, "write", (chunk: unknown, ...rest: unknown[]) => {
      const text =
        typeof chunk === "string" ? chunk : chunk instanceof Uint8Array ? Buffer.from(chunk).toString("utf8") : "";
      for (const line of text.split("\n")) if (line !== "") write(line);
      const done = rest.at(-1);
      if (typeof done === "function") queueMicrotask(() => done());
      return true;
    });
  }
  return (title, text) => line("ERROR", `${title} ${text}`);
}
