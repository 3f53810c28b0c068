import { describe, expect, it } from "vitest";
import { History } from "../../model/testing/history.ts";
import { observed, problems } from "../testing/observed.ts";

describe("a run that says too little", () => {
  it("is not known where no event was planned", () => {
    expect(problems(new History().finish())).toContain("scenario.empty unknown alb-to-table");
  });

  it("is not known where the journal ends before the run did, whatever it says", () => {
    const facts = new History().pass(0, 3).finish().slice(0, -1);
    expect(problems(facts)).toEqual(["run.truncated unknown alb-to-table"]);
  });

  it("is not known where the journal holds its first line alone", () => {
    expect(problems(new History().facts)).toEqual([
      "scenario.empty unknown alb-to-table",
      "run.truncated unknown alb-to-table",
    ]);
  });

  it("is not known where a part of the harness crashed, whatever else was proven", () => {
    const facts = new History().pass(0, 3).crash("observer of stream").finish();
    expect(problems(facts)).toEqual(["harness.crashed unknown alb-to-table"]);
    expect(observed(facts, "harness.crashed")[0]?.evidence).toEqual(["observer of stream is broken"]);
  });
});

describe("an interrupted run", () => {
  it("does not know what it did not wait for", () => {
    const history = new History().passUpTo(0, "stream").intend(1).interrupt();
    const [finding] = observed(history.end().facts, "run.interrupted");
    expect(finding?.evidence).toEqual([
      "1 event of 2 not sent yet",
      "not read to the end: ingest-log, stream, records, processor-log, table",
    ]);
    expect(problems(history.facts)).toEqual([
      "event.unaccounted unknown alb-to-table / table",
      "run.interrupted unknown alb-to-table",
    ]);
  });

  it("keeps what it had proven: a loss stays a loss", () => {
    const history = new History().passUpTo(0, "stream").endWait("records", { kind: "interrupted" }).interrupt();
    expect(problems(history.finish())).toEqual([
      "event.lost fail alb-to-table / processor-log",
      "run.interrupted unknown alb-to-table",
    ]);
  });

  it("has nothing to add about a scenario that was through", () => {
    expect(problems(new History().pass(0, 3).interrupt().finish())).toEqual([]);
  });
});
