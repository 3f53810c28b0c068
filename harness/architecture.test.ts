import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { packageRoot } from "./deployment/package-root.ts";
import { circlesOf, type Imports, importsIn, readImports, resolved } from "./testing/imports.ts";

/** Some of the harness' folders by their names. */
const harness = (names: string) => names.split(" ").map((name) => `harness/${name}`);

interface Rules {
  /** Folders that its files may import, besides itself. */
  readonly imports: readonly string[];
  /** Whether it must do without Node's own modules, too: what it needs comes in as arguments. */
  readonly isPure: boolean;
}

/** `run` puts the stages together: they do not know one another. */
const STAGE: Rules = { imports: harness("model"), isPure: false };
const PURE_STAGE: Rules = { ...STAGE, isPure: true };
/** The stack and its twin share nothing with the harness but the wire. */
const ALONE: Rules = { imports: [], isPure: false };

/** Which folder may import which, in production code. */
const FOLDERS: Readonly<Record<string, Rules>> = {
  "harness/model": { imports: [], isPure: true },
  "harness/plan": PURE_STAGE,
  "harness/inject": STAGE,
  "harness/observe": STAGE,
  "harness/checks": STAGE,
  "harness/journal": STAGE,
  "harness/reconcile": PURE_STAGE,
  "harness/diagnose": PURE_STAGE,
  "harness/policy": PURE_STAGE,
  "harness/sizing": PURE_STAGE,
  "harness/compare": PURE_STAGE,
  "harness/report": PURE_STAGE,
  "harness/pipelines": PURE_STAGE,
  "harness/deployment": STAGE,
  "harness/run": {
    imports: harness(
      "model plan inject observe checks journal reconcile diagnose policy report sizing pipelines deployment",
    ),
    isPure: false,
  },
  "harness/cli": {
    imports: harness("model run checks observe journal policy compare report pipelines deployment"),
    isPure: false,
  },
  "harness/lambda": {
    imports: [...harness("model run report pipelines"), "stack/functions"],
    isPure: false,
  },
  "harness/bin": { imports: [...harness("lambda dist"), "stack/functions"], isPure: false },
  // The public face: what a pipelines file of a user's imports.
  scenarios: { imports: harness("pipelines"), isPure: false },
  "stack/functions": ALONE,
  "stack/twin": ALONE,
  "stack/snapshot": ALONE,
};

/** Tests, what only they use, and the benchmarks. */
const TEST_CODE =
  /\.test\.ts$|\/testing\/|^harness\/(failures|bench)\/|^harness\/checks\/catalogue\/[^/]+\/failures\.ts$/;

/** Test code that asks the harness' evaluator of policies and the twin's the same: the only one that may import both. */
const BOTH_EVALUATORS = "harness/checks/iam/conformance/";

function rulesOf(file: string): Rules {
  if (TEST_CODE.test(file)) {
    const ofHarness = file.startsWith(BOTH_EVALUATORS)
      ? ["harness", "stack/twin/authorization"]
      : ["harness", "scenarios"];
    return { imports: file.startsWith("stack/") ? ["stack"] : ofHarness, isPure: false };
  }
  const [own, rules] = Object.entries(FOLDERS).find(([folder]) => file.startsWith(`${folder}/`)) ?? [];
  return own === undefined || rules === undefined ? ALONE : { ...rules, imports: [own, ...rules.imports] };
}

function isAllowed(file: string, imported: string): boolean {
  const { imports, isPure } = rulesOf(file);
  if (!/^(harness|scenarios|stack)\//.test(imported)) return !(isPure && imported.startsWith("node:"));
  if (TEST_CODE.test(imported) && !TEST_CODE.test(file)) return false;
  return imports.some((folder) => imported.startsWith(`${folder}/`));
}

function refusedIn(imports: Imports): string[] {
  return [...imports].flatMap(([file, all]) =>
    all.filter((imported) => !isAllowed(file, imported)).map((imported) => `${file} imports ${imported}`),
  );
}

/** For every folder, which of its subfolders import which, with all that is in them. A folder and its own subfolders are one module. */
function siblingFolders(imports: Imports): Map<string, Map<string, Set<string>>> {
  const below = new Map<string, Map<string, Set<string>>>();
  for (const [file, all] of imports)
    for (const imported of all) {
      const [from, to] = [dirname(file).split("/"), dirname(imported).split("/")];
      const fork = from.findIndex((part, index) => part !== to[index]);
      const [left, right] = [from[fork], to[fork]];
      if (left === undefined || right === undefined || TEST_CODE.test(file)) continue;
      const parent = from.slice(0, fork).join("/");
      const edges = below.get(parent) ?? new Map<string, Set<string>>();
      below.set(parent, edges.set(left, (edges.get(left) ?? new Set()).add(right)));
    }
  return below;
}

const ALL = readImports(packageRoot(), ["harness", "scenarios", "stack"]);

describe("the imports of every source file", () => {
  it("are those that its folder may have", () => {
    expect(ALL.size).toBeGreaterThan(1_000);
    expect(refusedIn(ALL)).toEqual([]);
  });

  it("are without a circle of files, types included", () => {
    expect(circlesOf(ALL)).toEqual([]);
  });

  it("are without a circle of folders that stand next to each other", () => {
    const circles = [...siblingFolders(ALL)].flatMap(([parent, edges]) =>
      circlesOf(edges).map((circle) => `${parent}: ${circle.join(", ")}`),
    );
    expect(circles).toEqual([]);
  });
});

describe("the table of imports", () => {
  it.each([
    ["harness/model/x.ts", "../plan/arrivals.ts"],
    ["harness/model/settings/x.ts", "../../plan/arrivals.ts"],
    ["harness/observe/x.ts", "../inject/send.ts"],
    ["harness/inject/x.ts", "../deployment/clients.ts"],
    ["harness/reconcile/x.ts", "../policy/only.ts"],
    ["harness/diagnose/x.ts", "../reconcile/timeline.ts"],
    ["harness/reconcile/x.ts", "node:fs"],
    ["harness/plan/x.ts", "../run/system-clock.ts"],
    ["harness/compare/x.ts", "../sizing/prices.ts"],
    ["harness/sizing/x.ts", "../plan/arrivals.ts"],
    ["harness/diagnose/load/x.ts", "../../sizing/prices.ts"],
    ["harness/report/x.ts", "../cli/verify.ts"],
    ["harness/run/x.ts", "../cli/verify.ts"],
    ["harness/lambda/x.ts", "../cli/verify.ts"],
    ["harness/run/x.ts", "./testing/judged.ts"],
    ["harness/checks/x.ts", "../failures/variant.ts"],
    ["harness/new-folder/x.ts", "../model/event.ts"],
    ["harness/run/x.test.ts", "../../stack/twin/main.ts"],
    ["scenarios/x.ts", "../harness/run/judge.ts"],
    ["stack/twin/x.ts", "../../harness/model/event.ts"],
    ["stack/twin/x.test.ts", "../../harness/model/event.ts"],
    ["harness/checks/iam/x.test.ts", "../../../stack/twin/authorization/policy/evaluate.ts"],
    ["stack/functions/ingest/x.ts", "../../../harness/model/event.ts"],
  ])("refuses that %s imports %s", (file, imported) => {
    expect(refusedIn(new Map([[file, resolved(file, [imported])]]))).toHaveLength(1);
  });

  it.each([
    ["harness/observe/x.ts", "../model/event.ts"],
    ["harness/observe/x.ts", "./poll-until.ts"],
    ["harness/observe/x.ts", "node:fs"],
    ["harness/report/x.ts", "zod"],
    ["harness/run/x.ts", "../observe/stream.ts"],
    ["harness/cli/x.ts", "../run/judge.ts"],
    ["harness/observe/x.test.ts", "../inject/send.ts"],
    ["scenarios/x.ts", "../harness/pipelines/pipeline.ts"],
    ["stack/twin/boot/x.ts", "../state/index.ts"],
    ["harness/checks/iam/conformance/x.test.ts", "../../../../stack/twin/authorization/policy/evaluate.ts"],
  ])("allows that %s imports %s", (file, imported) => {
    expect(refusedIn(new Map([[file, resolved(file, [imported])]]))).toEqual([]);
  });

  it("has the pure folders whose globals the linter restricts", () => {
    const pure = Object.keys(FOLDERS).filter((folder) => FOLDERS[folder]?.isPure === true);
    const settings = z
      .object({ overrides: z.array(z.object({ includes: z.array(z.string()) })) })
      .parse(JSON.parse(readFileSync(join(packageRoot(), "biome.json"), "utf8")));
    const included = settings.overrides.flatMap(({ includes }) => includes).join(" ");
    const [, names = ""] = /harness\/\{([a-z,]+)\}/.exec(included) ?? [];
    expect(
      names
        .split(",")
        .map((name) => `harness/${name}`)
        .sort(),
    ).toEqual(pure.sort());
  });
});

describe("a file's imports", () => {
  it("are found wherever they stand, types and re-exports included", () => {
    const text = [
      'import "./effect.ts";',
      'import type { A } from "./a.ts";',
      "import {",
      "  b,",
      "  type C,",
      '} from "../b.ts";',
      'export * from "./c.ts";',
      'export type { D } from "./d.ts";',
      'const load = async () => (await import("./e.ts")).e;',
      'type F = typeof import("node:fs");',
      'const text = "import nothing from here";',
      'export const from = "./g.ts";',
    ].join("\n");
    expect(importsIn(text)).toEqual(["./effect.ts", "./a.ts", "../b.ts", "./c.ts", "./d.ts", "./e.ts", "node:fs"]);
  });

  it("that come back to it are a circle", () => {
    const edges = { a: ["b"], b: ["c", "d"], c: ["a"], d: ["e"], e: [] };
    expect(circlesOf(new Map(Object.entries(edges)))).toEqual([["a", "b", "c"]]);
  });
});
