import { describe, expect, it } from "vitest";
import { fillEvents, fillTag, fillTags } from "./template.ts";

describe("templates", () => {
  it("put the tag at every place that asks for it", () => {
    expect(fillTag('{"id":"{tag}","note":"{tag}!"}', "sp-a-b-0")).toBe('{"id":"sp-a-b-0","note":"sp-a-b-0!"}');
  });

  it("leave a text without a place as it is", () => {
    expect(fillTag("plain", "sp-a-b-0")).toBe("plain");
  });

  it("fill every value of a key", () => {
    expect(fillTags({ id: "{tag}", sort: "event#{tag}" }, "sp-a-b-1")).toEqual({
      id: "sp-a-b-1",
      sort: "event#sp-a-b-1",
    });
  });

  it("put the bodies of several events where the list belongs, whatever the bodies hold", () => {
    const bodies = ['{"id":"a","price":"$&"}', '{"id":"b"}'];
    expect(JSON.parse(fillEvents('{"events":"{events}"}', bodies))).toEqual({
      events: [{ id: "a", price: "$&" }, { id: "b" }],
    });
  });
});
