import { describe, expect, it } from "vitest";
import { ManualClock } from "../../clock/testing/manual-clock.ts";
import { createServiceLimits } from "../../limits/service-limits.ts";
import type { RestApiConfig, StageConfig } from "./index.ts";
import { api, front, method } from "./testing/served-api.ts";

describe("a request beyond what a stage takes", () => {
  const throttledApi = (throttles: StageConfig["throttles"], methods = api.methods): RestApiConfig => ({
    ...api,
    methods,
    stages: api.stages.map((stage) => ({ ...stage, throttles })),
  });
  /** On a clock that stands still, so that what passes is what a bucket holds. */
  const limited = (apis: readonly RestApiConfig[], apiBurst = 5000) =>
    front({
      apis,
      limits: createServiceLimits(
        { tables: [], functions: [] },
        { apiRequestsPerSecond: 10, apiBurst },
        new ManualClock(),
      ),
    });
  const all = (burst: number) => [{ methodPath: "*/*", requestsPerSecond: 1, burst }];
  async function statuses(send: Awaited<ReturnType<typeof front>>["send"], paths: readonly string[]) {
    const answers = [];
    for (const path of paths) answers.push((await send(path)).status);
    return answers;
  }
  const times = (count: number, path: string) => Array.from({ length: count }, () => path);

  it("is answered 429 with API Gateway's words, and is not handed on", async () => {
    const { send, invoked, ports } = await limited([throttledApi(all(2))]);
    expect(await statuses(send, times(2, "/live/process"))).toEqual([200, 200]);
    const refused = await send("/live/process");
    expect(refused).toMatchObject({ status: 429, body: '{"message":"Too Many Requests"}' });
    expect(refused.headers["x-amzn-errortype"]).toBe("TooManyRequestsException");
    expect(invoked).toHaveLength(2);
    const ofStage = { ApiName: "content-api", Stage: "live" };
    expect(ports.sum("Count", ofStage)).toBe(3);
    expect(ports.sum("4XXError", ofStage)).toBe(1);
    expect(ports.sum("5XXError", ofStage)).toBe(0);
  });

  it("counts for its method alone", async () => {
    const { send } = await limited([throttledApi(all(1), [method("/process", "POST"), method("/other", "POST")])]);
    const paths = ["/live/process", "/live/other", "/live/process", "/live/other"];
    expect(await statuses(send, paths)).toEqual([200, 200, 429, 429]);
  });

  it("counts by the method's own settings where it has some", async () => {
    const own = { methodPath: "process/POST", requestsPerSecond: 1, burst: 3 };
    const { send } = await limited([throttledApi([...all(1), own])]);
    expect(await statuses(send, times(4, "/live/process"))).toEqual([200, 200, 200, 429]);
  });

  it("counts against the account whatever the API, the stage and the method", async () => {
    const other = { ...api, id: "z9y8x7w6v5" };
    const { send } = await limited([api, other], 3);
    const hosts = [api.id, other.id, api.id, other.id].map((id) => `${id}.execute-api.eu-central-1.amazonaws.com`);
    const answers = [];
    for (const name of hosts) answers.push((await send("/live/process", { headers: { host: name } })).status);
    expect(answers).toEqual([200, 200, 200, 429]);
  });
});
