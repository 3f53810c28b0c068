import { describe, expect, it } from "vitest";
import { required, together, Unread } from "./unread.ts";

const unread = (operation: string) => new Unread([{ code: "AccessDenied", message: "no", operation }]);

describe("reads together", () => {
  it("give all of their values", async () => {
    expect(await together([Promise.resolve(1), Promise.resolve("two"), null])).toEqual([1, "two", null]);
  });

  it("say what is wrong with each that is unread", async () => {
    const parts = [Promise.reject(unread("a:A")), Promise.resolve(1), Promise.reject(unread("b:B"))];
    await expect(together(parts)).rejects.toMatchObject({ errors: [{ operation: "a:A" }, { operation: "b:B" }] });
  });

  it("do not hide a defect behind what is unread", async () => {
    const parts = [Promise.reject(unread("a:A")), Promise.reject(new TypeError("a defect"))];
    await expect(together(parts)).rejects.toThrow(TypeError);
  });
});

describe("a required field", () => {
  it.each([0, "", false])("may be %j", (value) => expect(required(value, "Field", "a:A")).toBe(value));

  it.each([undefined, null])("that is %j makes the answer unread", (value) => {
    expect(() => required(value, "Field", "a:A")).toThrow("a:A: IncompleteAnswer: the answer lacks Field");
  });
});
