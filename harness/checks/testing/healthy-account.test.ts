import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readHealthyAccount } from "./record-healthy-account.ts";
import { RECORDING } from "./recording.ts";

it("the recorded account is what the readers read of a twin of the snapshot: npm run healthy-account records it", async () => {
  expect(await readHealthyAccount()).toBe(readFileSync(RECORDING, "utf8"));
});
