import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { functionArn, functionWorkshop, invoker } from "./testing/test-functions.ts";
import { rememberingPorts } from "./testing/test-ports.ts";

let workshop: Awaited<ReturnType<typeof functionWorkshop>>;
beforeAll(async () => {
  workshop = await functionWorkshop();
});
afterAll(() => workshop.close());

describe("a handler answers", () => {
  it("with what its promise resolves to", async () => {
    const { outcome } = await workshop.invokeOnce("exports.handler = async (event) => ({ sum: event.a + event.b });", {
      a: 2,
      b: 3,
    });
    expect(outcome).toMatchObject({ kind: "answered", payload: '{"sum":5}' });
  });

  it("with null when it returns nothing", async () => {
    const { outcome } = await workshop.invokeOnce("exports.handler = async () => {};");
    expect(outcome).toMatchObject({ kind: "answered", payload: "null" });
  });

  it("through its callback once nothing is left to do", async () => {
    const { outcome } = await workshop.invokeOnce(
      "let done = false; exports.handler = (event, context, callback) => { const answer = {}; callback(null, answer); setTimeout(() => { answer.after = true; }, 20); };",
    );
    expect(outcome).toMatchObject({ kind: "answered", payload: '{"after":true}' });
  });

  it("through its callback at once where it asks not to wait", async () => {
    const { outcome } = await workshop.invokeOnce(
      "exports.handler = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; setInterval(() => {}, 1000); callback(null, 'at once'); };",
    );
    expect(outcome).toMatchObject({ kind: "answered", payload: '"at once"' });
  });

  it("with null when it is synchronous and never calls back", async () => {
    const { outcome } = await workshop.invokeOnce("exports.handler = () => 5;");
    expect(outcome).toMatchObject({ kind: "answered", payload: "null" });
  });

  it("from an ES module in a folder", async () => {
    const ports = rememberingPorts();
    const zipPath = await workshop.zip({
      "src/app.mjs": "export const run = async () => import.meta.url.endsWith('src/app.mjs');",
    });
    const functions = await workshop.subject("", ports, { zipPath, handler: "src/app.run" });
    expect(await functions.invoke(functionArn, "{}", invoker)).toMatchObject({ kind: "answered", payload: "true" });
  });
});

describe("a handler sees", () => {
  it("Lambda's variables and its own, and nothing of the host", async () => {
    const { outcome } = await workshop.invokeOnce("exports.handler = async () => process.env;");
    const variables = outcome.kind === "answered" ? JSON.parse(outcome.payload) : {};
    expect(variables).toMatchObject({
      AWS_LAMBDA_FUNCTION_NAME: "subject",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "key of subject",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      TABLE_NAME: "items",
    });
    expect(Object.keys(variables)).not.toContain("USER");
    expect(variables.PATH).not.toBe(process.env["PATH"]);
    expect(variables.LAMBDA_TASK_ROOT).not.toContain(process.cwd());
  });

  it("its context", async () => {
    const { outcome, ports } = await workshop.invokeOnce(
      "exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() });",
    );
    const context = outcome.kind === "answered" ? JSON.parse(outcome.payload) : {};
    expect(context).toMatchObject({
      functionName: "subject",
      functionVersion: "$LATEST",
      invokedFunctionArn: functionArn,
      memoryLimitInMB: "256",
      logGroupName: "/aws/lambda/subject",
    });
    expect(context.left).toBeLessThanOrEqual(5000);
    expect(context.logStreamName).toBe(ports.written[0]?.streamName);
    expect(context.logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
    expect(ports.messages()[0]).toBe(`START RequestId: ${context.awsRequestId} Version: $LATEST`);
  });
});

describe("what fails", () => {
  it("is the thrown error, by type and message", async () => {
    const { outcome, ports } = await workshop.invokeOnce(
      "exports.handler = async () => { throw new TypeError('no such field'); };",
    );
    expect(outcome).toMatchObject({ kind: "failed", errorType: "TypeError", errorMessage: "no such field" });
    const payload = outcome.kind === "failed" ? JSON.parse(outcome.payload) : {};
    expect(payload.trace[0]).toBe("TypeError: no such field");
    expect(ports.messages().find((message) => message.includes("\tERROR\tInvoke Error \t"))).toContain(
      '"errorType":"TypeError"',
    );
    expect(ports.sum("Errors", { FunctionName: "subject" })).toBe(1);
  });

  it("is a time-out, with its line, and a new environment follows", async () => {
    const { outcome, ports, functions } = await workshop.invokeOnce(
      "exports.handler = (event) => event.hang ? new Promise(() => setInterval(() => {}, 1000)) : Promise.resolve('well');",
      { hang: true },
      { timeoutSeconds: 1 },
    );
    expect(outcome).toMatchObject({ kind: "timed-out", durationMs: 1000 });
    expect(ports.messages().some((message) => /^\S+Z \S{36} Task timed out after 1\.00 seconds$/.test(message))).toBe(
      true,
    );
    expect(ports.messages().at(-1)).toContain("Status: timeout");
    expect(await functions.invoke(functionArn, "{}", invoker)).toMatchObject({ kind: "answered", payload: '"well"' });
    expect(new Set(ports.written.map(({ streamName }) => streamName)).size).toBe(2);
  });

  it("is an endless loop that blocks its thread", async () => {
    const { outcome } = await workshop.invokeOnce(
      "exports.handler = async () => { for (;;); };",
      {},
      { timeoutSeconds: 1 },
    );
    expect(outcome).toMatchObject({ kind: "timed-out" });
  });

  it.each([
    ["process.exit(0)", "Runtime.ExitError", /Error: Runtime exited without providing a reason$/],
    ["process.exit(7)", "Runtime.ExitError", /Error: Runtime exited with error: exit status 7$/],
    [
      "setTimeout(() => { throw new Error('later'); }); await new Promise((r) => setTimeout(r, 1000))",
      "Error",
      /^later$/,
    ],
    [
      "Promise.reject(new Error('unheard')); await new Promise((r) => setTimeout(r, 1000))",
      "Runtime.UnhandledPromiseRejection",
      /^Error: unheard$/,
    ],
    ["await new Promise(() => {})", "Runtime.NodeJsExit", /Promise that was never settled/],
  ])("is %s", async (code, errorType, message) => {
    const { outcome, functions } = await workshop.invokeOnce(
      `exports.handler = async (event) => { if (event.well) return 'well'; ${code}; };`,
    );
    expect(outcome).toMatchObject({ kind: "failed", errorType, errorMessage: expect.stringMatching(message) });
    expect(await functions.invoke(functionArn, '{"well":true}', invoker)).toMatchObject({ payload: '"well"' });
  });

  it.each([
    [
      "require('no-such-module'); exports.handler = () => {};",
      "index.handler",
      "Runtime.ImportModuleError",
      /Cannot find module 'no-such-module'/,
    ],
    [
      "exports.other = () => {};",
      "index.handler",
      "Runtime.HandlerNotFound",
      /^index\.handler is undefined or not exported$/,
    ],
    ["exports.handler = () => {};", "main.handler", "Runtime.ImportModuleError", /Cannot find module 'main'/],
    ["exports.handler = ;", "index.handler", "Runtime.UserCodeSyntaxError", /^SyntaxError/],
    ["throw new RangeError('at load');", "index.handler", "RangeError", /^at load$/],
    ["process.exit(3);", "index.handler", "Runtime.ExitError", /exit status 3/],
  ])("is a package that does not load: %s with handler %s", async (source, handler, errorType, message) => {
    const { outcome, ports } = await workshop.invokeOnce(source, {}, { handler });
    expect(outcome).toMatchObject({ kind: "failed", errorType, errorMessage: expect.stringMatching(message) });
    expect(ports.messages().at(-1)).toMatch(/^REPORT .*Status: error\tError Type: /);
  });

  it("is a runtime that is not Node.js, honestly", async () => {
    const { outcome, functions } = await workshop.invokeOnce("", {}, { runtime: "python3.12" });
    expect(outcome).toMatchObject({ kind: "failed", errorMessage: expect.stringContaining("python3.12") });
    expect(functions.notes).toEqual([expect.stringContaining("subject has runtime python3.12")]);
  });

  it("is an answer of more than 6 MB", async () => {
    const { outcome } = await workshop.invokeOnce("exports.handler = async () => 'x'.repeat(6 * 1024 * 1024 + 200);");
    expect(outcome).toMatchObject({ kind: "failed", errorType: "Function.ResponseSizeTooLarge" });
  });
});

describe("the log", () => {
  it("has Lambda's lines around the handler's own", async () => {
    const { ports } = await workshop.invokeOnce(
      "exports.handler = async () => { console.log('a %s', 'b'); console.error('two\\nlines'); process.stdout.write('raw\\n'); };",
    );
    const [start, first, second, third, end, report] = ports.messages();
    const requestId = /START RequestId: (\S+)/.exec(start ?? "")?.[1];
    expect(first).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\\t${requestId}\\tINFO\\ta b$`));
    expect(second).toMatch(/\tERROR\ttwo\nlines$/);
    expect(third).toBe("raw");
    expect(end).toBe(`END RequestId: ${requestId}`);
    expect(report).toMatch(
      new RegExp(
        `^REPORT RequestId: ${requestId}\\tDuration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 256 MB\\tMax Memory Used: \\d+ MB\\tInit Duration: [\\d.]+ ms\\t$`,
      ),
    );
    expect(ports.written[0]).toMatchObject({
      groupName: "/aws/lambda/subject",
      writer: { kind: "role", sessionName: "subject" },
    });
  });
});
