import { describe, expect, it } from "vitest";
import { type Finding, failingFinding, unknownFinding } from "../model/finding.ts";
import { acknowledge } from "./acknowledge.ts";

const failing = (code: string, subject = "a / item"): Finding =>
  failingFinding({ code, severity: "flow", subject, scenario: "a", statement: "it broke", evidence: ["seen"] }, "why", {
    text: "how",
  });
const NOW = Date.parse("2026-11-22T12:00:00Z");
const verdicts = (findings: readonly Finding[]) => findings.map(({ verdict }) => verdict);

describe("acknowledged failures", () => {
  it("pass until their time is over, and say so", () => {
    const known = { code: "event.lost", until: "2026-11-23", reason: "ticket 12" };
    const { findings } = acknowledge([failing("event.lost"), failing("event.duplicated")], [known], NOW);
    expect(verdicts(findings)).toEqual(["pass", "fail"]);
    expect(findings[0]?.statement).toBe("Known until 2026-11-23 (ticket 12): it broke");
  });

  it("fail again afterwards, with a note of what was said", () => {
    const known = { code: "event.*", until: "2026-11-22T11:59:59Z", reason: "ticket 12" };
    const { findings, expired } = acknowledge([failing("event.lost")], [known], NOW);
    expect(verdicts(findings)).toEqual(["fail"]);
    expect(findings[0]?.evidence).toContain(
      "it had been acknowledged until 2026-11-22T11:59:59Z (ticket 12), which is over",
    );
    expect(expired).toEqual([known]);
  });

  it("are those of the subject that is named, and no others", () => {
    const known = { code: "event.lost", subject: "a / *", until: "2027-01-01", reason: "r" };
    const { findings } = acknowledge(
      [failing("event.lost", "a / item"), failing("event.lost", "b / item")],
      [known],
      NOW,
    );
    expect(verdicts(findings)).toEqual(["pass", "fail"]);
  });

  it("that name a code by what it was called before still hold", () => {
    const known = { code: "stream.no-producer", until: "2027-01-01", reason: "r" };
    const findings = [failing("stream.no-consumer"), failing("stream.no-producer"), failing("stream.key-unusable")];
    expect(verdicts(acknowledge(findings, [known], NOW).findings)).toEqual(["pass", "pass", "fail"]);
  });

  it("never turn what is unknown", () => {
    const unknown = unknownFinding(failing("hop.unread"), { text: "look" });
    const { findings } = acknowledge([unknown], [{ code: "*", until: "2027-01-01", reason: "r" }], NOW);
    expect(findings).toEqual([unknown]);
  });
});
