import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportSchema } from "../../model/report.ts";
import { applySizing } from "../../sizing/apply-sizing.ts";
import { FUNCTIONS } from "../../testing/stackproof.ts";
import { has, output, setValues, snapshotWith } from "../../testing/state.ts";
import { timeStackproof } from "../bench.ts";
import { type PlantedTwin, ROLES } from "./planted-twins.ts";

/** What one search of a planted twin came to. */
export interface SearchedTwin {
  readonly foundEventsPerSecond: number | null;
  readonly bottleneck: string;
  /** Time under load, the proof of the recommendation left out. */
  readonly loadMs: number;
  readonly proof: string;
}

const MOST_MS = 15 * 60_000;
/** The recommendation is made for this much more than the planted limit. */
const TARGET = 1.5;

/** Every event is looked for in the table: with the snapshot's 5 units, and little saved up, the looks would be what takes the time. */
const READ_CAPACITY = 500;

/** Runs `stackproof load` as a user would on a twin with the planted limit. */
export async function searchTwin(twin: PlantedTwin, folder: string): Promise<SearchedTwin> {
  // The API's identifier is made anew with each snapshot.
  const roles = { ...ROLES[twin.load], api: output("api_id"), apiStage: output("api_stage_name") };
  const [state, limits] = [join(folder, "state.json"), join(folder, "limits.json")];
  const snapshot = snapshotWith(
    setValues("aws_dynamodb_table", { read_capacity: READ_CAPACITY }, has("billing_mode", "PROVISIONED")),
  );
  writeFileSync(state, JSON.stringify(applySizing(JSON.parse(snapshot), roles, twin.sizes)));
  writeFileSync(limits, JSON.stringify(twin.limits));
  const { stdout, stderr, exitCode } = await timeStackproof(
    [
      "load",
      "--json",
      ...["--only", twin.load, "--twin", state, "--functions", FUNCTIONS, "--limits", limits],
      ...["--target", `${Math.ceil(twin.eventsPerSecond * TARGET)}/s`, "--out", join(folder, "reports")],
      ...(twin.bodyBytes === undefined ? [] : ["--body-bytes", String(twin.bodyBytes)]),
      ...(twin.eventsPerRequest === undefined ? [] : ["--batch", String(twin.eventsPerRequest)]),
    ],
    MOST_MS,
  );
  if (stdout === "") throw new Error(`load of ${twin.name} ended with ${exitCode}: ${stderr}`);
  const load = reportSchema.parse(JSON.parse(stdout)).loads?.[0];
  if (load === undefined) throw new Error(`The report of ${twin.name} holds no load`);
  const { capacity, phases, recommendation } = load;
  const isFound = capacity.kind === "found";
  return {
    foundEventsPerSecond: isFound ? capacity.holdsEventsPerSecond : null,
    bottleneck: !isFound
      ? capacity.kind
      : capacity.bottleneck.kind === "known"
        ? capacity.bottleneck.limit
        : `unknown: ${capacity.bottleneck.reason}`,
    loadMs: phases.filter(({ plan }) => plan.purpose !== "proof").reduce((sum, { plan }) => sum + plan.durationMs, 0),
    proof: recommendation?.proof.kind ?? "none",
  };
}
