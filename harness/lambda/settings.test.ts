import { describe, expect, it } from "vitest";
import { CannotRun } from "../model/errors.ts";
import { readSettings } from "./settings.ts";

const GIVEN = { STACKPROOF_OUTPUTS: '{"region":"eu-west-1","ids":["a"]}', STACKPROOF_STACK: "shop-prod" };

describe("the function's settings", () => {
  it("need outputs and a name, and nothing else", () => {
    expect(readSettings({ ...GIVEN, AWS_REGION: "eu-west-1" })).toEqual({
      outputs: { region: "eu-west-1", ids: ["a"] },
      stack: "shop-prod",
      watch: undefined,
      waitSeconds: undefined,
      connectTo: {},
    });
  });

  it("may name hops, a longest wait, and where to connect", () => {
    const settings = readSettings({
      ...GIVEN,
      STACKPROOF_WATCH: "stream, IncomingRecords",
      STACKPROOF_WAIT_SECONDS: "30",
      STACKPROOF_CONNECT_TO: '{"alb.example.com":"http://127.0.0.1:8080"}',
    });
    expect(settings).toMatchObject({
      watch: ["stream", "IncomingRecords"],
      waitSeconds: 30,
      connectTo: { "alb.example.com": "http://127.0.0.1:8080" },
    });
  });

  it("may ask for no hop between entry and sink", () => {
    expect(readSettings({ ...GIVEN, STACKPROOF_WATCH: "" }).watch).toEqual([]);
  });

  it.each([
    ["STACKPROOF_OUTPUTS", undefined],
    ["STACKPROOF_OUTPUTS", "{"],
    ["STACKPROOF_OUTPUTS", "[]"],
    ["STACKPROOF_STACK", ""],
    ["STACKPROOF_WAIT_SECONDS", "soon"],
    ["STACKPROOF_WAIT_SECONDS", "0"],
    ["STACKPROOF_CONNECT_TO", '{"a":"ftp://b"}'],
  ])("are refused with the variable's name: %s=%s", (name, value) => {
    expect(() => readSettings({ ...GIVEN, [name]: value })).toThrow(CannotRun);
    expect(() => readSettings({ ...GIVEN, [name]: value })).toThrow(name);
  });
});
