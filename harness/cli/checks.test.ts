import { afterEach, describe, expect, it, vi } from "vitest";
import { RULES } from "../checks/catalogue/index.ts";
import { catalogueOf, renderCatalogue } from "../checks/catalogue.ts";
import { checks } from "./checks.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

async function printed(options: Parameters<typeof checks>[0]): Promise<string> {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  expect(await checks(options)).toBe(0);
  return write.mock.calls.map(([text]) => String(text)).join("");
}

describe("stackproof checks", () => {
  it("prints JSON with every rule's code, title, what breaks, what it reads and the remedy", async () => {
    const entries: unknown = JSON.parse(await printed({ json: true }));
    expect(entries).toHaveLength(RULES.length);
    expect(entries).toContainEqual(
      expect.objectContaining({
        code: "bucket.blocks-destroy",
        title: expect.any(String),
        breaks: expect.stringContaining("BucketNotEmpty"),
        reads: ["state-buckets"],
        remedy: expect.stringContaining("force_destroy = true"),
      }),
    );
  });

  it("prints the page that the repo keeps", async () => {
    expect(await printed({ markdown: true })).toBe(renderCatalogue(catalogueOf(RULES)));
  });

  it("prints every code for people, in lines that fit a terminal", async () => {
    const text = await printed({});
    for (const { code } of RULES) expect(text).toContain(`${code}  `);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(120);
  });
});
