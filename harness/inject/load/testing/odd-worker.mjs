// A thread that misbehaves, to see what its parent makes of it. What it does stands in the producer's name.
import { parentPort, workerData } from "node:worker_threads";

const empty = () => new Float64Array();
const columns = {
  second: 7,
  request: Float64Array.of(workerData.worker),
  answer: Uint16Array.of(202),
  intendedMs: Float64Array.of(1_000),
  sentMs: Float64Array.of(1_001),
  doneMs: Float64Array.of(1_003),
  sendDelayMs: Float64Array.of(1),
  unsent: empty(),
  unsentRanges: [],
  inFlight: 0,
  sentBytes: 10,
  samples: [],
};
const isOdd = workerData.worker === 1;

parentPort.postMessage({ kind: "ready" });
parentPort.on("message", (message) => {
  if (message.kind === "phase") {
    parentPort.postMessage({ kind: "second", columns });
    if (isOdd && workerData.shape.producer === "dies") throw new Error("out of luck");
    if (isOdd && workerData.shape.producer === "hangs") for (;;);
    parentPort.postMessage({ kind: "drained", phases: 1 });
  }
  if (message.kind === "halt") parentPort.postMessage({ kind: "halted", nextRequest: Number.MAX_SAFE_INTEGER });
  if (message.kind === "abandon") parentPort.postMessage({ kind: "ended" });
});
