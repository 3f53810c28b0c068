import { provesCut } from "../model/finding-code.ts";
import type { ClueOf, Timeline } from "../model/timeline.ts";
import type { Cause, Explanation } from "./cause.ts";

/**
 * A function on the way fails, is stopped at its time-out, or is not let run: its own error lines and metrics say so. Of several
 * functions the first on the way is named, since those behind it got nothing.
 */
export const functionTrouble: Cause = {
  name: "function-trouble",
  explain({ observation }, timeline) {
    // A definite no is an answer that the entry gave: `entry-answer` tells it.
    if (!provesCut(observation.code) || observation.code === "entry.rejected") return undefined;
    for (const functionName of functionsOf(timeline)) {
      const clues = timeline.clues.filter((clue) => clue.functionName === functionName);
      const found = throttled(functionName, clues) ?? failing(functionName, clues);
      if (found !== undefined) return { ...found, evidence: describeClues(timeline.clues) };
    }
    return undefined;
  },
};

/** Every clue in words, as evidence. */
export function describeClues(clues: readonly ClueOf[]): string[] {
  return clues.map(({ functionName, seen }) =>
    seen.kind === "error-line"
      ? `${seen.logGroup} says: ${seen.text}`
      : `${seen.namespace} ${seen.metric} of ${functionName}: ${seen.value}${seen.metric === "IteratorAge" ? " ms" : ""}`,
  );
}

/** The functions that left clues, in the order in which events pass them. */
function functionsOf({ clues, scenario }: Timeline): string[] {
  const names = new Set(clues.map(({ functionName }) => functionName));
  const onTheWay = [scenario.roles.entryFunction ?? "", scenario.roles.consumerFunction ?? ""];
  return [...names].sort((left, right) => placeOf(left, onTheWay) - placeOf(right, onTheWay));
}

function placeOf(functionName: string, onTheWay: readonly string[]): number {
  const index = onTheWay.findIndex((named) => named.includes(functionName));
  return index < 0 ? onTheWay.length : index;
}

type Found = Omit<Explanation, "evidence">;

function throttled(functionName: string, clues: readonly ClueOf[]): Found | undefined {
  const throttles = metricOf("Throttles", clues);
  if (throttles === 0) return undefined;
  return {
    likelihood: 0.8,
    cause: `function ${functionName} is not let run: Lambda refused ${throttles} invocations (Throttles)`,
    remedy: {
      text: `Raise reserved_concurrent_executions of aws_lambda_function for ${functionName} (0 lets it never run), or remove it; look at the account's own concurrency too.`,
    },
  };
}

function failing(functionName: string, clues: readonly ClueOf[]): Found | undefined {
  const lines = clues.flatMap(({ seen }) => (seen.kind === "error-line" ? [seen.text] : []));
  const errors = metricOf("Errors", clues);
  const timeout = lines.find((line) => line.includes("Task timed out"));
  if (timeout !== undefined)
    return {
      likelihood: 0.9,
      cause: `function ${functionName} is stopped at its time-out: ${timeout}`,
      remedy: {
        text: `Find what it waits for (a subnet without a route out, a service that does not answer), or raise timeout of aws_lambda_function for ${functionName}.`,
      },
    };
  const line = lines.at(-1);
  if (line === undefined && errors === 0) return undefined;
  return {
    likelihood: 0.7,
    cause:
      line === undefined
        ? `function ${functionName} fails: ${errors} invocations ended in an error (Errors), and its log says nothing`
        : `function ${functionName} fails: ${line}`,
    remedy: {
      text: `Mend what the error says in the code, the environment or the role of ${functionName}, and apply.`,
    },
  };
}

function metricOf(metric: string, clues: readonly ClueOf[]): number {
  return clues.reduce(
    (sum, { seen }) => (seen.kind === "metric" && seen.metric === metric ? sum + seen.value : sum),
    0,
  );
}
