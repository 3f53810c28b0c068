import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Fact } from "../model/fact.ts";
import type { Journal } from "../model/ports.ts";
import { createRedactor, type Redactor } from "./redact.ts";

/** A journal that also remembers its facts, so that the run need not read back what it wrote. */
export interface JournalWriter extends Journal {
  readonly facts: readonly Fact[];
  close(): void;
}

/**
 * Appends facts to `path`, one JSON object a line, each written before `append` returns: what was journalled
 * survives the process. Facts after `close` are dropped (a straggler of an interrupted run).
 *
 * @param redactor Takes secrets out of every fact first: what is judged and reported comes from the journal alone.
 */
export function openJournal(path: string, redactor: Pick<Redactor, "fact"> = createRedactor([])): JournalWriter {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, "ax");
  const facts: Fact[] = [];
  let open = true;
  return {
    facts,
    append(fact) {
      if (!open) return;
      const written = redactor.fact(fact);
      facts.push(written);
      writeSync(file, `${JSON.stringify(written)}\n`);
    },
    close() {
      if (!open) return;
      open = false;
      closeSync(file);
    },
  };
}
