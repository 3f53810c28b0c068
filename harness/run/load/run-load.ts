import type { LoadSender } from "../../inject/load/load-sender.ts";
import type { LoadPhase } from "../../model/load.ts";
import { driveLoad } from "./drive-load.ts";
import { LoadPlan, type PlanPosition } from "./load-plan.ts";
import type { LoadRun, LoadRunTools } from "./load-run.ts";
import { type StartedSender, startSender } from "./start-sender.ts";
import { type Sending, watchedLoad } from "./watched-load.ts";

/**
 * Puts one scenario under load: sends its phases open loop, watches stream and sink, and waits for what was acked to come
 * out. Returns where numbering goes on.
 *
 * @throws CannotRun where the entry cannot be put under load, or the engine of the load does not come up.
 */
export async function runLoad(run: LoadRun, tools: LoadRunTools): Promise<PlanPosition> {
  // A sender that is starting reports to the watcher once there is one.
  let sending: Sending | undefined;
  const sender = await startSender(run, tools, {
    onSecond: (second, times) => sending?.events.onSecond(second, times),
    onBroken: (message) => sending?.events.onBroken(message),
    onEngine: (fact) => sending?.journal.append(fact),
  });
  const plan = new LoadPlan(run.spec.eventsPerRequest, run.first);
  await watchedLoad(run, tools, plan, async (given) => {
    sending = given;
    await sendAll(run, tools, { ...given, plan }, sender);
  });
  return plan.next();
}

async function sendAll(
  run: LoadRun,
  tools: LoadRunTools,
  { journal, counts, plan }: Sending & { readonly plan: LoadPlan },
  sender: StartedSender,
): Promise<void> {
  const stop = () => void sender.stop();
  tools.signal.addEventListener("abort", stop);
  try {
    const { leadMs } = sender;
    await driveLoad(run, { ...tools, journal, counts, plan, leadMs, sender: phasesTo(sender, plan) });
  } finally {
    await sender.stop();
    tools.signal.removeEventListener("abort", stop);
  }
}

/** A sender that keeps the plan up to date with what it is given. */
function phasesTo(sender: LoadSender, plan: LoadPlan): Pick<LoadSender, "send" | "drained"> {
  return {
    send(phase: LoadPhase) {
      plan.add(phase);
      sender.send(phase);
    },
    drained: () => sender.drained(),
  };
}
