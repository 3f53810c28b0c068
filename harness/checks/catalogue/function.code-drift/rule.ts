import type { Account, Looked } from "../../../model/settings/account.ts";
import type { BuiltPackagesSetting, StateFunctionsSetting } from "../../../model/settings/state-setting.ts";
import { STATE_SUBJECT } from "../../../model/settings/state-setting.ts";
import { GIVE_STATE, notKnown, notKnownFromTerraform } from "../../not-known.ts";
import { rolesFunctions } from "../../role-functions.ts";
import type { Rule, RuleResult } from "../../rule.ts";

/**
 * What runs is what was built: Lambda's CodeSha256 against the zip on this machine, and where that is not here, against the hash that
 * the last apply recorded.
 * docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 */
export const functionCodeDrift: Rule = {
  code: "function.code-drift",
  title: "The deployed code is what the repository builds",
  breaks:
    "The function runs other code than the repository builds: an apply was forgotten, somebody deployed by hand, the hash is not wired up, or the zip does not exist.",
  reads: ["function", "built-packages", "state-functions"],
  needs: ["entryFunction"],
  remedy:
    "Build the zip before the apply, and set filename and source_code_hash = filebase64sha256(<the same file>) on the aws_lambda_function.",

  judge(account, context) {
    return rolesFunctions(context).flatMap((name) => judgeFunction(name, account));
  },
};

function judgeFunction(name: string, account: Account): RuleResult[] {
  const subject = `function ${name}`;
  const looked = account.look("function", name);
  // A function that does not exist is ingest.path-missing's or stream.no-producer's.
  if (looked.kind === "absent") return [];
  if (looked.kind !== "read") return [notKnown(subject, subject, looked)];
  const { codeSha256 } = looked.setting;
  const wanted = wantedCode(
    name,
    account.look("built-packages", STATE_SUBJECT),
    account.look("state-functions", STATE_SUBJECT),
  );
  switch (wanted.kind) {
    case "known":
      return [compare(subject, name, codeSha256, wanted)];
    case "no-zip":
      return [noZip(subject, name, wanted.path)];
    case "not-known":
      return [
        {
          ...notKnownFromTerraform(subject, `what code ${name} should run`, wanted.looked, GIVE_PACKAGES),
          evidence: [`deployed: ${codeSha256}`],
        },
      ];
    default:
      return wanted satisfies never;
  }
}

const GIVE_PACKAGES = `${GIVE_STATE} Build the functions first, or name the folder of built zips with --functions DIR.`;

type WantedCode =
  | { readonly kind: "known"; readonly codeSha256: string; readonly from: string }
  | { readonly kind: "no-zip"; readonly path: string }
  | { readonly kind: "not-known"; readonly looked: Exclude<Looked<"built-packages">, { kind: "read" }> };

function wantedCode(
  name: string,
  packages: Looked<"built-packages">,
  functions: Looked<"state-functions">,
): WantedCode {
  const built = packages.kind === "read" ? packageOf(name, packages.setting) : undefined;
  if (built?.content.kind === "zip") return { kind: "known", codeSha256: built.content.codeSha256, from: built.path };
  if (built?.content.kind === "no-such-file") return { kind: "no-zip", path: built.path };
  const applied = functions.kind === "read" ? functionOf(name, functions.setting) : undefined;
  if (applied !== undefined && applied.sourceCodeHash !== "")
    return {
      kind: "known",
      codeSha256: applied.sourceCodeHash,
      from: `source_code_hash of ${applied.address} in the state`,
    };
  return { kind: "not-known", looked: packages.kind === "read" ? { kind: "not-asked" } : packages };
}

function packageOf(name: string, { packages }: BuiltPackagesSetting) {
  return packages.find(({ functionName }) => functionName === name);
}

function functionOf(name: string, { functions }: StateFunctionsSetting) {
  return functions.find((fn) => fn.name === name);
}

function compare(
  subject: string,
  name: string,
  deployed: string,
  wanted: { readonly codeSha256: string; readonly from: string },
): RuleResult {
  const evidence = [`deployed: ${deployed}`, `${wanted.from}: ${wanted.codeSha256}`];
  if (deployed === wanted.codeSha256)
    return { verdict: "pass", subject, statement: `The ${subject} runs the code that was built.`, evidence };
  return {
    verdict: "fail",
    subject,
    statement: `The ${subject} does not run the code that was built.`,
    evidence,
    cause: `${name} runs a package with SHA-256 ${deployed}, and ${wanted.from} has ${wanted.codeSha256}: the code was built anew without an apply, or somebody deployed other code by hand, so whatever this run shows is about other code than the repository's.`,
    remedy: `Build the functions and run terraform apply; if that changes nothing, set source_code_hash = filebase64sha256(<filename>) on the aws_lambda_function named ${name}.`,
    cuts: [],
  };
}

function noZip(subject: string, name: string, path: string): RuleResult {
  return {
    verdict: "fail",
    subject,
    statement: `The package that ${subject} is deployed from does not exist: ${path}.`,
    evidence: [`${path}: no such file, in a folder of built packages`],
    cause: `The aws_lambda_function named ${name} is deployed from ${path}, which the build does not make: the next apply fails, and nobody can say what code runs now.`,
    remedy: `Build it, or name in filename and source_code_hash the zip that the build makes.`,
    cuts: [],
  };
}
