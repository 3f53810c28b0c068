import { describe, expect, it } from "vitest";
import { CannotRun } from "../model/errors.ts";
import { connectOrigin } from "./connect-to.ts";

const url = new URL("https://bucket.s3.eu-central-1.amazonaws.com/key");

describe("connect-to", () => {
  it("leaves a host alone that the map does not name", () => {
    expect(connectOrigin(url, { "other.example.com": "http://127.0.0.1:1" })).toBe(url.origin);
  });

  it("sends a host's connections elsewhere, whatever the scheme", () => {
    expect(connectOrigin(url, { [url.host]: "http://127.0.0.1:8080" })).toBe("http://127.0.0.1:8080");
  });

  it("tells the schemes of one host apart where the map does", () => {
    const connectTo = {
      [url.host]: "http://127.0.0.1:1",
      [`http://${url.host}`]: "http://127.0.0.1:2",
      [`https://${url.host}`]: "https://127.0.0.1:3",
    };
    expect(connectOrigin(url, connectTo)).toBe("https://127.0.0.1:3");
  });

  it("does not take the map of the one scheme for the other", () => {
    expect(connectOrigin(url, { [`http://${url.host}`]: "http://127.0.0.1:2" })).toBe(url.origin);
  });

  it("finds a host by its name where the URL has a port", () => {
    expect(connectOrigin(new URL("http://alb.example.com:8080/"), { "alb.example.com": "http://127.0.0.1:1" })).toBe(
      "http://127.0.0.1:1",
    );
  });

  it("tells the ports of one host apart where the map does", () => {
    const connectTo = {
      "http://alb.example.com:8080": "http://127.0.0.1:1",
      "http://alb.example.com": "http://127.0.0.1:2",
    };
    expect(connectOrigin(new URL("http://alb.example.com:8080/"), connectTo)).toBe("http://127.0.0.1:1");
    expect(connectOrigin(new URL("http://alb.example.com/"), connectTo)).toBe("http://127.0.0.1:2");
  });

  it.each(["127.0.0.1:8080", "ftp://127.0.0.1", ""])("refuses the target %j", (target) => {
    expect(() => connectOrigin(url, { [url.host]: target })).toThrow(CannotRun);
  });
});
