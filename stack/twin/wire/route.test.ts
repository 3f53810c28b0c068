import { describe, expect, test } from "vitest";
import { signedBy } from "./credentials.ts";
import { routeOf } from "./route.ts";

const signature = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIA1/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

function route(method: string, url: string, headers: Record<string, string>) {
  return routeOf(method, url, headers, signedBy(headers, url));
}

describe("a request goes by its head", () => {
  test("to the operation of its JSON target, at the service that it is signed for", () => {
    const headers = {
      "x-amz-target": "Kinesis_20131202.PutRecords",
      "content-type": "application/x-amz-json-1.1",
      authorization: signature("kinesis"),
    };
    const expected = { kind: "json", service: "kinesis", operation: "PutRecords", version: "1.1" };
    expect(route("POST", "/", headers)).toEqual(expected);
  });

  test("to the operation of its RPC path", () => {
    const headers = { "smithy-protocol": "rpc-v2-cbor", authorization: signature("monitoring") };
    const url = "/service/GraniteServiceVersion20100801/operation/ListMetrics";
    expect(route("POST", url, headers)).toEqual({ kind: "cbor", service: "monitoring", operation: "ListMetrics" });
  });

  test("to the signer's service where it is a form", () => {
    const headers = {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      authorization: signature("sts"),
    };
    expect(route("POST", "/", headers)).toEqual({ kind: "query", service: "sts" });
    expect(route("GET", "/?Action=GetCallerIdentity", { authorization: signature("sts") })).toMatchObject({
      kind: "query",
    });
  });

  test("to a service that parses REST itself, signed in the header or in the URL", () => {
    expect(route("PUT", "/bucket/key", { authorization: signature("s3") })).toEqual({ kind: "rest", service: "s3" });
    const presigned = "/bucket/key?X-Amz-Credential=AKIA1%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=0";
    expect(route("GET", presigned, {})).toEqual({ kind: "rest", service: "s3" });
    expect(route("GET", "/bucket/key", {})).toEqual({ kind: "rest", service: undefined });
  });
});
