import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { bootTwin, type RunningTwin } from "../../../deployment/twin-process.ts";
import { FUNCTIONS, SNAPSHOT } from "../../../testing/stackproof.ts";
import { READERS } from "../readers.ts";
import { readTwin } from "./testing/read-account.ts";

const statusSchema = z.object({ unimplemented: z.array(z.unknown()) });

let twin: RunningTwin;
beforeAll(async () => {
  twin = await bootTwin({ stateFile: SNAPSHOT, functionsFolder: FUNCTIONS });
});
afterAll(() => twin.stop());

it("a twin of the snapshot answers every reader, and leaves no call unimplemented", async () => {
  const facts = await readTwin(SNAPSHOT, twin);
  expect(facts.filter(({ fact }) => fact === "setting-unread")).toEqual([]);
  const kinds = facts.flatMap((fact) => (fact.fact === "setting" ? [fact.setting.kind] : []));
  expect([...new Set(kinds)].sort()).toEqual(Object.keys(READERS).sort());
  // Nobody but its own event source mapping invokes the processor, which needs no permission: it has no policy.
  const absent = facts.filter(({ fact }) => fact === "setting-absent");
  expect(absent).toEqual([
    expect.objectContaining({ kind: "function-policy", subject: expect.stringMatching(/-processor$/) }),
  ]);
  const status = statusSchema.parse(await (await fetch(`${twin.env["AWS_ENDPOINT_URL"]}/_twin/status`)).json());
  expect(status.unimplemented).toEqual([]);
});
