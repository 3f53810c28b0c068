import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import type { ArtilleryCommand } from "./commands.ts";

/** A run of Artillery with all that it starts; its output goes to a file. */
export class ArtilleryProcess {
  readonly #child: ChildProcess;
  readonly #logFile: string;
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
  #ending: string | undefined;

  constructor([program, ...args]: ArtilleryCommand, folder: string, logFile: string) {
    this.#logFile = logFile;
    const log = openSync(logFile, "a");
    // A separate process group: npx starts Artillery as its child, and a Ctrl-C is for us to pass on.
    this.#child = spawn(program, args, { cwd: folder, detached: true, stdio: ["ignore", log, log], env: quietEnv() });
    closeSync(log);
    this.ended = new Promise((resolve) => {
      this.#child.once("error", (error) => {
        this.#ending ??= error.message;
        resolve();
      });
      this.#child.once("exit", (code, signal) => {
        this.#ending ??= signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
        resolve();
      });
    });
  }

  /** How it ended; undefined while it runs. */
  get ending(): string | undefined {
    return this.#ending;
  }

  /** The end of what it printed. */
  lastWords(): string {
    return readFileSync(this.#logFile, "utf8").trimEnd().split("\n").slice(-6).join("\n");
  }

  /** Asks it and its children to end; those that do not in time are killed. */
  async stop(graceMs: number): Promise<void> {
    this.#signal("SIGINT");
    const timer = setTimeout(() => this.#signal("SIGKILL"), graceMs);
    await this.ended;
    clearTimeout(timer);
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#ending !== undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It ended in between.
    }
  }
}

/** Artillery tells its makers of each run unless it is asked not to. */
function quietEnv(): NodeJS.ProcessEnv {
  return { ...process.env, ARTILLERY_DISABLE_TELEMETRY: "true", NO_UPDATE_NOTIFIER: "1" };
}
