import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Blob, Timestamp } from "../../model/values.ts";
import { decodeCbor, encodeCbor } from "./cbor-codec.ts";
import { SerializationError } from "./protocol.ts";

const bytes = (hex: string) => Buffer.from(hex, "hex");

describe("reading", () => {
  // RFC 8949, appendix A
  test.each([
    ["00", 0],
    ["1864", 100],
    ["1a000f4240", 1_000_000],
    ["1b000000e8d4a51000", 1_000_000_000_000],
    ["20", -1],
    ["3903e7", -1000],
    ["f93c00", 1],
    ["f9c400", -4],
    ["fa47c35000", 100_000],
    ["fb3ff199999999999a", 1.1],
    ["f4", false],
    ["f5", true],
    ["f6", null],
    ["6449455446", "IETF"],
    ["62c3bc", "ü"],
    ["83010203", [1, 2, 3]],
    ["9f018202039f0405ffff", [1, [2, 3], [4, 5]]],
    ["a26161016162820203", { a: 1, b: [2, 3] }],
    ["bf61610161629f0203ffff", { a: 1, b: [2, 3] }],
    ["7f657374726561646d696e67ff", "streaming"],
    ["c11a514b67b0", 1_363_896_240],
  ])("%s is %j", (hex, value) => {
    expect(decodeCbor(bytes(hex))).toEqual(value);
  });

  test("byte strings are buffers", () => {
    expect(decodeCbor(bytes("4401020304"))).toEqual(Buffer.of(1, 2, 3, 4));
  });

  test.each(["", "18", "62c3", "ff", "0000", "1c", "9b00ffffffffffffff", "82".repeat(100)])("%s is refused", (hex) => {
    expect(() => decodeCbor(bytes(hex))).toThrow(SerializationError);
  });

  test("rubbish never does anything but be read or be refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (rubbish) => {
        try {
          decodeCbor(Buffer.from(rubbish));
        } catch (error) {
          expect(error).toBeInstanceOf(SerializationError);
        }
      }),
    );
  });
});

describe("writing", () => {
  test("what JSON can say comes back as it was", () => {
    const json = fc.jsonValue({ depthSize: "small" }).filter((value) => !JSON.stringify(value).includes("__proto__"));
    fc.assert(
      fc.property(json, (value) => {
        const sent = JSON.parse(JSON.stringify(value));
        expect(decodeCbor(encodeCbor(sent))).toEqual(sent);
      }),
    );
  });

  test("timestamps are tagged, blobs are bytes, undefined members are left out", () => {
    expect(encodeCbor({ at: new Timestamp(1_363_896_240_000) }).toString("hex")).toBe("a1626174c11a514b67b0");
    expect(encodeCbor(new Blob(Buffer.of(1, 2))).toString("hex")).toBe("420102");
    expect(encodeCbor({ a: undefined }).toString("hex")).toBe("a0");
  });
});
