import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES } from "./catalogue/index.ts";
import { catalogueOf, renderCatalogue } from "./catalogue.ts";

describe("the catalogue", () => {
  it("says of each rule its code, severity, title, what breaks, what it reads, and the remedy", () => {
    const entries = catalogueOf(RULES);
    expect(entries.map(({ code }) => code)).toEqual(RULES.map(({ code }) => code));
    for (const entry of entries)
      expect(Object.keys(entry)).toEqual(["code", "severity", "title", "breaks", "reads", "needs", "remedy"]);
  });

  it("is the page in the repo, to the letter: npm run catalogue writes it", () => {
    const page = readFileSync(new URL("./CATALOGUE.md", import.meta.url), "utf8");
    expect(page).toBe(renderCatalogue(catalogueOf(RULES)));
  });
});
