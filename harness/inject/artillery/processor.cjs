/*
 * What runs inside Artillery: gives each of its virtual users one request of the plan, tags its events, lets it go at its intended
 * time, and tells what became of it. It stands alone (Node and nothing else), because Artillery copies it to where it runs. `PLAN`
 * (see plan.ts) is written in front of it.
 */
/* global PLAN */
const fs = require("node:fs");
const { isMainThread } = require("node:worker_threads");

const nowMs = () => performance.timeOrigin + performance.now();
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const isStopped = () => PLAN.tell.kind === "lines" && fs.existsSync(PLAN.tell.stopFile);
const teller = PLAN.tell.kind === "lines" ? createLines() : createCounters();
// Only the thread that sends waits for the start: Artillery loads this file in others as well.
const startMs = isMainThread ? 0 : awaitStart();
const mine = PLAN.phases.map((phase) => ({ phase, ...sharesOf(phase) }));
let taken = 0;

/** The requests of a phase that this worker sends: every one whose index leaves `worker` when it is divided by `workers`. */
function sharesOf({ firstRequest, requestCount }) {
  const first = firstRequest + ((PLAN.worker - (firstRequest % PLAN.workers) + PLAN.workers) % PLAN.workers);
  return { first, count: Math.max(0, Math.ceil((firstRequest + requestCount - first) / PLAN.workers)) };
}

/** Blocks this thread until shortly before the first request, when Artillery may begin. Milliseconds since the epoch. */
function awaitStart() {
  const sleep = (ms) => Atomics.wait(sleeper, 0, 0, Math.min(250, Math.max(1, ms)));
  if (PLAN.tell.kind === "lines") {
    teller.ready();
    while (!fs.existsSync(PLAN.tell.startFile) && !isStopped()) sleep(20);
  }
  const atMs = PLAN.tell.kind === "lines" ? readStart() : PLAN.tell.startMs;
  while (nowMs() < atMs - PLAN.leadMs && !isStopped()) sleep(atMs - PLAN.leadMs - nowMs());
  return atMs;
}

function readStart() {
  return fs.existsSync(PLAN.tell.startFile) ? Number(fs.readFileSync(PLAN.tell.startFile, "utf8")) : nowMs();
}

/** The next request of this worker, or undefined where Artillery makes more users than there are requests. */
function nextRequest() {
  let rest = taken;
  for (const { phase, first, count } of mine) {
    if (rest < count) {
      const request = first + rest * PLAN.workers;
      taken += 1;
      return { request, intendedMs: startMs + phase.offsetMs + offsetInPhase(phase, request - phase.firstRequest) };
    }
    rest -= count;
  }
  return undefined;
}

/** When request `index` of a phase is due, from the phase's start: where the area under the rate reaches `index`. */
function offsetInPhase({ durationMs, fromRequestsPerSecond, toRequestsPerSecond }, index) {
  const startPerMs = fromRequestsPerSecond / 1000;
  const endPerMs = toRequestsPerSecond / 1000;
  if (startPerMs === endPerMs) return index / startPerMs;
  if (index === 0) return 0;
  const halfSlope = (endPerMs - startPerMs) / 2 / durationMs;
  const root = Math.sqrt(Math.max(0, startPerMs * startPerMs + 4 * halfSlope * index));
  return Math.min(durationMs, (2 * index) / (startPerMs + root));
}

/** Step of each user: takes a request and waits for its time. `context.vars.spSend` says whether there is one to send. */
function takeRequest(context, _events, done) {
  const next = isStopped() ? undefined : nextRequest();
  context.vars.spSend = 0;
  if (next === undefined) return done();
  const go = () => {
    if (!isStopped()) {
      context.vars.spSend = 1;
      context.sp = next;
    }
    done();
  };
  const waitMs = next.intendedMs - nowMs();
  if (waitMs > 0) setTimeout(go, waitMs);
  else go();
}

/** Hook before each request: its body, and the note that it is sent, made before it is. */
function writeRequest(params, context, events, done) {
  const { sp } = context;
  // A buffer is sent as it is; in a text Artillery would look for its own templates.
  params.body = Buffer.from(bodyOf(sp.request), "utf8");
  sp.sentMs = nowMs();
  teller.sent(sp, params.body.length, events);
  done();
}

function bodyOf(request) {
  const first = request * PLAN.eventsPerRequest;
  if (PLAN.batchBody === null) return eventOf(first);
  const all = Array.from({ length: PLAN.eventsPerRequest }, (_, index) => eventOf(first + index));
  return PLAN.batchBody.split('"{events}"').join(`[${all.join(",")}]`);
}

function eventOf(sequence) {
  return PLAN.bodies[String(sequence).length].split("{tag}").join(`${PLAN.tagPrefix}${sequence}`);
}

/** Hook after a whole answer. */
function tellAnswer(_params, response, context, events, done) {
  settle(context, String(response.statusCode), String(response.body ?? ""), events);
  done();
}

/** Hook where no whole answer came; Artillery may call it twice for one request. */
function tellFailure(error, _params, context, events, done) {
  settle(context, failureOf(error), `${error.code ?? error.name}: ${error.message}`, events);
  done();
}

const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
]);

function failureOf({ code }) {
  if (code === "ETIMEDOUT") return "timeout";
  return NOT_CONNECTED.has(code) ? "connect" : "connection";
}

function settle(context, answer, body, events) {
  const { sp } = context;
  if (sp === undefined || sp.isSettled || sp.sentMs === undefined) return;
  sp.isSettled = true;
  teller.settled({ ...sp, doneMs: nowMs(), answer }, body, events);
}

/** On this machine: a line for everything, to a file that is read while it grows. */
function createLines() {
  const file = isMainThread ? undefined : fs.openSync(PLAN.tell.linesFile, "a");
  const write = (line) => fs.writeSync(file, `${line}\n`);
  let [sampleSecond, samples] = [0, 0];
  return {
    ready: () => write("r"),
    sent: ({ request, sentMs }, sizeBytes) => write(`s ${request} ${sentMs.toFixed(3)} ${sizeBytes}`),
    settled({ request, sentMs, doneMs, answer }, body) {
      write(`d ${request} ${sentMs.toFixed(3)} ${doneMs.toFixed(3)} ${answer}`);
      if (/^2[0-9][0-9]$/.test(answer)) return;
      const second = Math.floor(doneMs / 1000);
      if (second !== sampleSecond) [sampleSecond, samples] = [second, 0];
      samples += 1;
      if (samples <= 3) write(`b ${answer} ${ascii(JSON.stringify(body.slice(0, 1024)))}`);
    },
  };
}

/** JSON with every other character escaped: the file is read in pieces of bytes. */
const ascii = (json) => json.replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);

/**
 * On another machine: counters of Artillery's own report, which is all that comes back. Durations stand in their names with two
 * digits; of requests that were not acked each has a counter of its own, up to a limit.
 */
function createCounters() {
  let named = 0;
  const bucket = (ms) => Number(Math.max(0, Math.round(ms * 1000)).toPrecision(2));
  const second = (ms) => Math.floor(ms / 1000);
  return {
    sent({ intendedMs, sentMs }, sizeBytes, events) {
      events.emit("counter", `stackproof.sent.${second(sentMs)}.${bucket(sentMs - intendedMs)}`, 1);
      events.emit("counter", `stackproof.bytes.${second(sentMs)}`, sizeBytes);
    },
    settled({ request, intendedMs, sentMs, doneMs, answer }, _body, events) {
      const at = second(doneMs);
      events.emit("counter", `stackproof.latency.${at}.${answer}.${bucket(doneMs - intendedMs)}`, 1);
      events.emit("counter", `stackproof.service.${at}.${bucket(doneMs - sentMs)}`, 1);
      if (/^2[0-9][0-9]$/.test(answer) || named >= PLAN.tell.mostNamed) return;
      named += 1;
      events.emit("counter", `stackproof.not-acked.${answer}.${request}`, 1);
    },
  };
}

module.exports = { takeRequest, writeRequest, tellAnswer, tellFailure, offsetInPhase, sharesOf };
