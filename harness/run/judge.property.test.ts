import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "../model/fact.ts";
import type { Report } from "../model/report.ts";
import { History, TIMED_OUT } from "../model/testing/history.ts";
import { judge } from "./judge.ts";

const WATCHED = ["ingest-log", "stream", "processor-log", "table"] as const;

/** What happens to one event. */
type Fate =
  | { readonly kind: "through" }
  /** Acked; the last hop that sees it. */
  | { readonly kind: "lost"; readonly after: "entry" | "ingest-log" | "stream" | "processor-log" }
  | { readonly kind: "duplicated"; readonly at: "stream" | "table" }
  | { readonly kind: "recovered" }
  | { readonly kind: "unresolved" }
  /** Never sent, and seen. */
  | { readonly kind: "unexpected"; readonly at: (typeof WATCHED)[number] };

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fate>({ kind: "through" }) },
  fc.record({
    kind: fc.constant("lost" as const),
    after: fc.constantFrom("entry", "ingest-log", "stream", "processor-log"),
  }),
  fc.record({ kind: fc.constant("duplicated" as const), at: fc.constantFrom("stream", "table") }),
  fc.constant<Fate>({ kind: "recovered" }),
  fc.constant<Fate>({ kind: "unresolved" }),
  fc.record({ kind: fc.constant("unexpected" as const), at: fc.constantFrom(...WATCHED) }),
);
const fates = fc.array(fate, { minLength: 1, maxLength: 30 });

function play(plan: readonly Fate[]): Fact[] {
  const history = new History();
  for (const [sequence, what] of plan.entries()) meet(history, sequence, what);
  return history.finish();
}

function meet(history: History, sequence: number, what: Fate): History {
  switch (what.kind) {
    case "through":
      return history.pass(sequence);
    case "lost":
      return history.passUpTo(sequence, what.after);
    case "duplicated":
      return history.pass(sequence).see(sequence, what.at, "again");
    case "recovered":
      return history.passUpTo(sequence, "table", TIMED_OUT);
    case "unresolved":
      return history.send(sequence, TIMED_OUT);
    case "unexpected":
      return history.see(sequence, what.at);
    default:
      return what satisfies never;
  }
}

/** The facts in another order, some of them more than once. */
function stirred(facts: readonly Fact[]): fc.Arbitrary<Fact[]> {
  return fc
    .tuple(fc.shuffledSubarray([...facts], { minLength: facts.length }), fc.subarray([...facts]), fc.nat())
    .map(([shuffled, repeated, at]) => shuffled.toSpliced(at % (shuffled.length + 1), 0, ...repeated));
}

/** How many events of each fate there are. */
function tally(plan: readonly Fate[]): Record<Fate["kind"], number> {
  const counts = { through: 0, lost: 0, duplicated: 0, recovered: 0, unresolved: 0, unexpected: 0 };
  for (const { kind } of plan) counts[kind] += 1;
  return counts;
}

describe("whatever is planted is found, and nothing else", () => {
  it("finds exactly the planted losses, duplicates, unexpected and recovered events, in any order of the facts", () => {
    fc.assert(
      fc.property(
        fates.chain((plan) => fc.tuple(fc.constant(plan), stirred(play(plan)))),
        ([plan, facts]) => {
          const planted = tally(plan);
          const { events, findings } = judge(facts);
          const sent = plan.length - planted.unexpected;
          expect(events).toMatchObject({
            intended: sent,
            sent,
            rejected: 0,
            acked: planted.through + planted.lost + planted.duplicated,
            unknown: planted.recovered + planted.unresolved,
            arrived: planted.through + planted.duplicated + planted.recovered,
            lost: planted.lost,
            duplicated: planted.duplicated,
            unexpected: planted.unexpected,
            recovered: planted.recovered,
          });
          const groups = new Set(plan.flatMap((what) => (what.kind === "lost" ? [nextHop(what.after)] : [])));
          const lost = findings.filter(({ code, verdict }) => code === "event.lost" && verdict === "fail");
          expect(new Set(lost.map(({ subject }) => subject.replace("alb-to-table / ", "")))).toEqual(groups);
          expect(lost).toHaveLength(groups.size);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("names exactly the planted tags", () => {
    const one = fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 19 }), fate);
    fc.assert(
      fc.property(one, ([healthy, at, what]) => {
        const plan: Fate[] = Array.from({ length: healthy + 1 }, () => ({ kind: "through" }));
        plan.splice(at % (healthy + 1), 0, what);
        const { findings } = judge(play(plan));
        const code = {
          through: "none",
          lost: "event.lost",
          duplicated: "event.duplicated",
          unexpected: "event.unexpected",
          recovered: "event.recovered",
          unresolved: "event.unresolved",
        }[what.kind];
        const named = findings
          .filter((finding) => finding.code === code)
          .flatMap(({ evidence }) => evidence.join(" ").match(/sp-r1-alb-\d+/g) ?? []);
        expect(new Set(named)).toEqual(new Set(what.kind === "through" ? [] : [`sp-r1-alb-${at % (healthy + 1)}`]));
      }),
      { numRuns: 100 },
    );
  });
});

describe("every acked event is accounted for", () => {
  it("as arrived, lost or neither, wherever the run is cut", () => {
    fc.assert(
      fc.property(fates, fc.nat(), (plan, at) => {
        const facts = play(plan);
        const { events } = judge(facts.slice(0, 1 + (at % facts.length)));
        expect(events.arrived - events.recovered + events.lost + events.unaccounted).toBe(events.acked);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the same facts give the same report", () => {
  it("in any order and with any repetitions", () => {
    fc.assert(
      fc.property(
        fates.chain((plan) => fc.tuple(fc.constant(play(plan)), stirred(play(plan)))),
        ([facts, others]) => {
          expect(judge(others)).toEqual(judge(facts));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("and a later sighting turns a loss into an arrival, and nothing into a loss", () => {
    const lossy = fc.array(fc.constantFrom<Fate>({ kind: "through" }, { kind: "lost", after: "stream" }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        lossy.chain((plan) => fc.tuple(fc.constant(plan), fc.subarray(plan.map((_, sequence) => sequence)))),
        ([plan, late]) => {
          const before = judge(play(plan));
          const sightings = new History();
          for (const sequence of late) sightings.see(sequence, "table");
          const after = judge([...play(plan), ...sightings.facts.slice(1)]);
          const found = late.filter((sequence) => plan[sequence]?.kind === "lost").length;
          expect(after.events).toEqual({
            ...before.events,
            lost: before.events.lost - found,
            arrived: before.events.arrived + found,
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  it("whatever is left out, it never throws and never calls lost what was not covered", () => {
    fc.assert(
      fc.property(
        fates.chain((plan) => fc.shuffledSubarray(play(plan))),
        (facts) => {
          const report: Report = judge(facts);
          const isCovered = facts.some((fact) => fact.fact === "covered" && fact.hop === "table");
          if (!isCovered) expect(report.events.lost).toBe(0);
          if (!facts.some((fact) => fact.fact === "run-ended")) expect(report.verdict).not.toBe("pass");
        },
      ),
      { numRuns: 200 },
    );
  });
});

function nextHop(after: string): string | undefined {
  return ["entry", ...WATCHED][["entry", ...WATCHED].indexOf(after) + 1];
}
