import { afterAll, describe, expect, it } from "vitest";
import { reportSchema } from "../../model/report.ts";
import { stackproof, temporaryFolder } from "../../testing/stackproof.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

describe("an interrupted load", () => {
  it("ends with 130 and the report of what was sent until then, each event accounted for", async () => {
    let isStopped = false;
    const { exitCode, stdout, stderr } = await stackproof(
      ["load", "--twin", "--only", "alb-load", "--rate", "20/s", "--duration", "60s", "--json", "--out", folder.path],
      {
        during: (child) => {
          // The report has the word, too: the second signal would end the process at once.
          child.stderr?.on("data", (text: string) => {
            if (text.includes(" acked ") && !isStopped) isStopped = child.kill("SIGINT");
          });
        },
      },
    );
    expect(exitCode, stderr).toBe(130);
    const { run, verdict, loads, events } = reportSchema.parse(JSON.parse(stdout));
    expect(run).toMatchObject({ kind: "load", interrupted: true });
    expect(verdict).toBe("unknown");
    expect(loads).toHaveLength(1);
    expect(events.acked).toBeGreaterThan(20);
    expect(events.acked).toBeLessThan(events.intended);
    expect(events.lost).toBe(0);
  });
});
