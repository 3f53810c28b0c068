import { describe, expect, it } from "vitest";
import { namesOfDeployment } from "./known-values.ts";

const STREAM = "arn:aws:kinesis:eu-central-1:123456789012:stream/events";

describe("the names of a deployment", () => {
  it("are the texts of its outputs, one by one", () => {
    const outputs = new Map<string, unknown>([
      ["stream", "events"],
      ["subnets", ["subnet-a", "subnet-b"]],
      ["count", 3],
      ["settings", { token: "hunter2" }],
    ]);
    expect([...namesOfDeployment(outputs, [])]).toEqual(["events", "subnet-a", "subnet-b"]);
  });

  it("are also what the pipelines name, where the deployment has no outputs", () => {
    const names = namesOfDeployment(new Map(), [{ stream: STREAM, table: "orders" }, { bucket: "uploads" }]);
    expect([...names].sort()).toEqual([STREAM, "events", "orders", "uploads"]);
  });
});
