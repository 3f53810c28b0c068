import type { TwinState } from "../state/index.ts";
import type { Clients } from "./clients.ts";

/** One read of one resource: what is asked, and what of the answer matters to a check. */
export interface Question {
  /** For example `lambda:GetFunctionConfiguration stackproof-dev-ingest`. */
  readonly name: string;
  ask(clients: Clients): Promise<unknown>;
}

/** The questions about the resources of a state. */
export type Questions = (state: TwinState) => readonly Question[];

/** Those members of an answer that matter; members that are absent stay absent. */
export function picked<T extends object, K extends keyof T>(
  answer: T | undefined,
  ...members: readonly K[]
): Partial<T> {
  const kept: Partial<T> = {};
  for (const member of members) if (answer?.[member] !== undefined) kept[member] = answer[member];
  return kept;
}

/** A list whose order means nothing, as a map by what names its elements. */
export function byName<T>(
  list: readonly T[] | undefined,
  nameOf: (element: T) => string | undefined,
): Record<string, T> {
  return Object.fromEntries((list ?? []).map((element) => [nameOf(element) ?? "", element]));
}

/** A policy document as JSON values, however it is spelled. */
export function policyOf(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

/**
 * Answers by the names of their questions. An error of the service is an answer as well, by its name; rejects where there
 * is none at all.
 */
export async function answersTo(questions: readonly Question[], clients: Clients): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const { name, ask } of questions) {
    try {
      answers[name] = JSON.parse(JSON.stringify((await ask(clients)) ?? null));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (!("$fault" in error)) throw new Error(`${name} was not answered: ${error.message}`, { cause: error });
      answers[name] = { error: error.name };
    }
  }
  return answers;
}
