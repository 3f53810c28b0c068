import { describe, expect, test } from "vitest";
import { readHttpRequest } from "./http-request.ts";
import { albResponse, apiGatewayResponse } from "./http-response.ts";
import { findRoute } from "./route.ts";

const event = { httpMethod: "POST", path: "/events", headers: { host: "a" }, body: "tëxt", isBase64Encoded: false };

describe("an HTTP request", () => {
  test("is read from the event of a load balancer", () => {
    expect(readHttpRequest(event)).toEqual({
      method: "POST",
      path: "/events",
      body: { kind: "text", text: "tëxt" },
      headerStyle: "single",
    });
  });

  test("has its body decoded where it is base64", () => {
    const body = Buffer.from("tëxt").toString("base64");
    expect(readHttpRequest({ ...event, body, isBase64Encoded: true })?.body).toEqual({ kind: "text", text: "tëxt" });
    expect(readHttpRequest({ ...event, body: "/w==", isBase64Encoded: true })?.body).toEqual({ kind: "not-utf8" });
  });

  test("has an empty body where the event's is null, as API Gateway sends it", () => {
    expect(readHttpRequest({ ...event, body: null })?.body).toEqual({ kind: "text", text: "" });
  });

  test("asks for multi-value headers only where it has no others: API Gateway sends both", () => {
    const multiValueHeaders = { host: ["a"] };
    expect(readHttpRequest({ ...event, headers: undefined, multiValueHeaders })?.headerStyle).toBe("multi");
    expect(readHttpRequest({ ...event, multiValueHeaders })?.headerStyle).toBe("single");
  });

  test.each([null, "text", {}, { Records: [] }, { httpMethod: "GET" }])("is not in %j", (other) => {
    expect(readHttpRequest(other)).toBeUndefined();
  });
});

describe("an HTTP response", () => {
  const answer = { status: 405, body: { error: "no" }, headers: { allow: "GET" } };

  test("to a load balancer has a status description, and headers in the style of the request", () => {
    const base = { statusCode: 405, statusDescription: "405 Method Not Allowed", isBase64Encoded: false };
    expect(albResponse(answer, "single")).toEqual({
      ...base,
      headers: { "content-type": "application/json", allow: "GET" },
      body: '{"error":"no"}',
    });
    expect(albResponse(answer, "multi")).toEqual({
      ...base,
      multiValueHeaders: { "content-type": ["application/json"], allow: ["GET"] },
      body: '{"error":"no"}',
    });
  });

  test("to API Gateway has only the fields that it knows: with others it answers 502", () => {
    expect(Object.keys(apiGatewayResponse(answer)).sort()).toEqual([
      "body",
      "headers",
      "isBase64Encoded",
      "statusCode",
    ]);
  });
});

describe("a route", () => {
  const routes = [{ method: "GET", path: "/health", name: "health" }];
  const request = { method: "GET", path: "/health", body: { kind: "text", text: "" }, headerStyle: "single" } as const;

  test("is found by path and method", () => {
    expect(findRoute(request, routes)).toEqual({ kind: "route", name: "health" });
  });

  test("is 404 for another path and 405 for another method", () => {
    expect(findRoute({ ...request, path: "/health/" }, routes)).toMatchObject({ answer: { status: 404 } });
    expect(findRoute({ ...request, method: "PUT" }, routes)).toMatchObject({
      answer: { status: 405, headers: { allow: "GET" } },
    });
  });
});
