import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawChart } from "../../cli/draw-chart.ts";
import { failing, passing, report, unknown } from "../../model/testing/reports.ts";
import { temporaryFolder } from "../../testing/stackproof.ts";
import { renderHtml } from "../html.ts";
import { findChromium } from "./testing/chromium.ts";
import { searchedLoad } from "./testing/load.ts";

const found = findChromium(process.env);
if (found.kind === "absent") process.stderr.write(`skipped: report.html in a browser: ${found.reason}\n`);

const PROBLEMS = [
  failing({
    remedy: {
      text: "Add to the aws_iam_role_policy of r:",
      terraform: { hcl: `{\n  Action = ["${"kinesis:PutRecord".repeat(9)}"]\n}` },
    },
    evidence: [`${"a-long-name".repeat(30)}: Disabled`],
    consequences: [
      {
        code: "event.lost",
        subject: "alb-to-table / item",
        statement: "5 events were lost.",
        evidence: ["lost: sp-1"],
      },
    ],
  }),
  unknown(),
  passing(),
];
const PAGES = {
  "a failed verify": report(PROBLEMS, "fail"),
  "a load run": report([passing()], "pass", { loads: [searchedLoad(120, 20)] }),
};
const SCREENS = [
  { width: 360, scheme: "light" },
  { width: 360, scheme: "dark" },
  { width: 1280, scheme: "light" },
  { width: 1280, scheme: "dark" },
] as const;
const CASES = Object.entries(PAGES).flatMap(([name, of]) => SCREENS.map((screen) => ({ name, of, ...screen })));

const folder = temporaryFolder();
let browser: Browser | undefined;
beforeAll(async () => {
  if (found.kind === "found") browser = await chromium.launch({ executablePath: found.path });
});
afterAll(async () => {
  await browser?.close();
  folder.remove();
});

interface Opened {
  readonly page: Page;
  readonly url: string;
  /** Everything that the page asked for, itself included. */
  readonly requests: readonly string[];
  /** Whatever the page's console said, and every error in it. */
  readonly said: readonly string[];
}

async function open({ of, width, scheme }: (typeof CASES)[number]): Promise<Opened> {
  if (browser === undefined) throw new Error("no browser");
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme });
  const page = await context.newPage();
  const requests: string[] = [];
  const said: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  const url = `file://${folder.write("report.html", renderHtml(of, drawChart))}`;
  await page.goto(url, { waitUntil: "load" });
  // What is folded up must be as good as what is not.
  await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
  return { page, url, requests, said };
}

describe.skipIf(found.kind === "absent")("report.html in a browser", () => {
  it.each(CASES)(
    "of $name at $width px, $scheme: no network, no error, no sideways scroll, nothing that axe-core finds",
    async (one) => {
      const { page, url, requests, said } = await open(one);
      try {
        expect(requests).toEqual([url]);
        expect(said).toEqual([]);
        const scroll = await page.evaluate("document.documentElement.scrollWidth");
        expect(scroll).toBeLessThanOrEqual(one.width);
        await page.evaluate(axe.source);
        const violations = await page.evaluate(
          "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))",
        );
        expect(violations).toEqual([]);
      } finally {
        await page.context().close();
      }
    },
  );

  it("shows the one drawing of each chart that fits the screen, and takes its colours from the scheme", async () => {
    const [narrowDark, wideLight] = [
      CASES.find(({ name, width, scheme }) => name === "a load run" && width === 360 && scheme === "dark"),
      CASES.find(({ name, width, scheme }) => name === "a load run" && width === 1280 && scheme === "light"),
    ];
    const look = async (one: (typeof CASES)[number] | undefined): Promise<unknown> => {
      if (one === undefined) throw new Error("no such case");
      const { page } = await open(one);
      const seen = await page.evaluate(
        "[...document.querySelectorAll('.chart svg.wide, .chart svg.narrow')].filter((svg) => svg.checkVisibility()).map((svg) => svg.getAttribute('class') + ' ' + getComputedStyle(svg.querySelector('text')).fill)",
      );
      await page.context().close();
      return seen;
    };
    expect(new Set(Object(await look(narrowDark)))).toEqual(new Set(["narrow rgb(163, 173, 184)"]));
    expect(new Set(Object(await look(wideLight)))).toEqual(new Set(["wide rgb(87, 96, 106)"]));
  });

  it("is printed on white with dark letters, even from a dark screen", async () => {
    const { page } = await open({ name: "a failed verify", of: PAGES["a failed verify"], width: 1280, scheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await page.evaluate("getComputedStyle(document.body).color")).toBe("rgb(31, 35, 40)");
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    await page.context().close();
  });
});
