import { describe, expect, it } from "vitest";
import { holdsEveryAddress, isWithin } from "./address-range.ts";

describe("holdsEveryAddress", () => {
  it.each([
    ["IPv4", ["0.0.0.0/0"]],
    ["IPv4", ["128.0.0.0/1", "0.0.0.0/1"]],
    ["IPv4", ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/1"]],
    ["IPv4", ["10.0.0.0/8", "0.0.0.0/0"]],
    ["IPv6", ["::/0"]],
    ["IPv6", ["::/1", "8000::/1"]],
  ] as const)("%s is held by %j", (family, ranges) => {
    expect(holdsEveryAddress(ranges, family)).toBe(true);
  });

  it.each([
    ["IPv4", []],
    ["IPv4", ["10.20.0.0/16"]],
    ["IPv4", ["0.0.0.0/1", "192.0.0.0/2"]],
    ["IPv4", ["::/0"]],
    ["IPv6", ["0.0.0.0/0"]],
    ["IPv4", ["0.0.0.0/x", "nonsense"]],
  ] as const)("%s is not held by %j", (family, ranges) => {
    expect(holdsEveryAddress(ranges, family)).toBe(false);
  });
});

describe("isWithin", () => {
  it("is where a range lies in another, or in several together", () => {
    expect(isWithin("10.20.3.0/24", ["10.20.0.0/16"])).toBe(true);
    expect(isWithin("10.20.0.0/16", ["10.20.0.0/17", "10.20.128.0/17"])).toBe(true);
    expect(isWithin("10.20.1.1", ["10.20.0.0/16"])).toBe(true);
  });

  it("is not where it reaches beyond", () => {
    expect(isWithin("10.0.0.0/8", ["10.20.0.0/16"])).toBe(false);
    expect(isWithin("0.0.0.0/0", ["10.20.0.0/16"])).toBe(false);
    expect(isWithin("::/0", ["0.0.0.0/0"])).toBe(false);
    expect(isWithin("what", ["0.0.0.0/0"])).toBe(false);
  });

  it.each([
    ["2001:db8:1::7", "2001:DB8::/32", true],
    ["2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001", true],
    ["::1", "::/127", true],
    ["1::", "::/16", false],
    ["::ffff:10.0.0.1", "::ffff:a00:0/112", true],
    ["::ffff:10.0.0.1", "10.0.0.0/8", false],
    ["fe80::1%eth0", "fe80::/10", false],
    ["10.0.0.1", "10.0.0.0/", false],
    ["10.0.0.1", "10.0.0.0/33", false],
    ["10.0.0.256", "10.0.0.0/8", false],
  ])("%s in %s: %j", (address, range, expected) => {
    expect(isWithin(address, [range])).toBe(expected);
  });
});
