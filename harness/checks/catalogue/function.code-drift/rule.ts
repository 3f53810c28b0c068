import type { Account } from "../../../model/settings/account.ts";
import type { FunctionSetting } from "../../../model/settings/function-setting.ts";
import { STATE_SUBJECT, type StateFunctionsSetting } from "../../../model/settings/state-setting.ts";
import { judging, passes, settingOf } from "../../judging.ts";
import { GIVE_STATE, notKnownFromTerraform } from "../../not-known.ts";
import { expression, lines, terraform, within } from "../../remedy.ts";
import { rolesFunctions } from "../../role-functions.ts";
import type { Judged, Rule } from "../../rule.ts";

/**
 * What runs is what was built: Lambda's CodeSha256 against the zip on this machine, and where that is not here, against the hash that
 * the last apply recorded. Lambda gives a zip's hash as SHA-256 in base64, and source_code_hash holds whatever the configuration
 * computes: an MD5 or a hash in hexadecimal says nothing about what runs.
 * https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 */
export const functionCodeDrift: Rule = {
  code: "function.code-drift",
  severity: "advice",
  title: "The deployed code is what the repository builds",
  breaks:
    "The function runs other code than the repository builds: an apply was forgotten, somebody deployed by hand, the hash is not wired up, or the zip does not exist.",
  reads: ["function", "built-packages", "state-functions"],
  needs: ["entryFunction"],
  remedy:
    "Build the zip before the apply, and set filename and source_code_hash = filebase64sha256(<the same file>) on the aws_lambda_function.",

  judge(account, context) {
    return rolesFunctions(context).flatMap((name) => {
      const subject = `function ${name}`;
      return judging(subject, () => {
        const fn = settingOf(account, "function", name);
        // A function that does not exist is ingest.path-missing's or stream.no-consumer's.
        return fn === null ? null : judgeCode(subject, fn, account);
      });
    });
  },
};

function judgeCode(subject: string, { name, codeSha256 }: FunctionSetting, account: Account): Judged {
  const built = account
    .find("built-packages", STATE_SUBJECT)
    ?.packages.find(({ functionName }) => functionName === name);
  if (built?.content.kind === "zip") return compare(subject, name, codeSha256, built.content.codeSha256, built.path);
  if (built?.content.kind === "no-such-file") return noZip(subject, name, built.path);
  const applied = account.find("state-functions", STATE_SUBJECT)?.functions.find((fn) => fn.name === name);
  if (applied !== undefined && applied.sourceCodeHash !== "") {
    const from = `source_code_hash of ${applied.address} in the state`;
    if (!isComparable(codeSha256, applied.sourceCodeHash)) return notComparable(name, codeSha256, applied, from);
    return compare(subject, name, codeSha256, applied.sourceCodeHash, from);
  }
  const looked = account.look("built-packages", STATE_SUBJECT);
  const notRead = looked.kind === "read" ? ({ kind: "not-asked" } as const) : looked;
  return notKnownFromTerraform(`what code ${name} should run`, notRead, GIVE_PACKAGES, [`deployed: ${codeSha256}`]);
}

/** SHA-256 is 32 bytes: in base64, 43 characters and one of padding. */
const BASE64_SHA256 = /^[A-Za-z0-9+/]{43}=$/;

/** Whatever is the same is the same; what differs says something only where both are hashes of one kind. */
function isComparable(deployed: string, wanted: string): boolean {
  return deployed === wanted || (BASE64_SHA256.test(deployed) && BASE64_SHA256.test(wanted));
}

function notComparable(name: string, deployed: string, { address, sourceCodeHash }: Applied, from: string): Judged {
  return {
    verdict: "off",
    statement: `Whether ${name} runs the code that was built is not known: ${from} and Lambda's CodeSha256 are hashes of two kinds.`,
    evidence: [`deployed: ${deployed}`, `${from}: ${sourceCodeHash}`],
    remedy: `Build the functions first, or name the folder of built zips with --functions DIR; or set source_code_hash of ${address} to filebase64sha256("<filename>").`,
  };
}

type Applied = StateFunctionsSetting["functions"][number];

const GIVE_PACKAGES = `${GIVE_STATE} Build the functions first, or name the folder of built zips with --functions DIR.`;

/** @param from What says which code is wanted. */
function compare(subject: string, name: string, deployed: string, wanted: string, from: string): Judged {
  const evidence = [`deployed: ${deployed}`, `${from}: ${wanted}`];
  if (deployed === wanted) return passes(`The ${subject} runs the code that was built.`, evidence);
  return {
    verdict: "fail",
    statement: `The ${subject} does not run the code that was built.`,
    evidence,
    cause: `${name} runs a package with SHA-256 ${deployed}, and ${from} has ${wanted}: the code was built anew without an apply, or somebody deployed other code by hand, so whatever this run shows is about other code than the repository's.`,
    remedy: terraform(
      `Build the functions and run terraform apply; if that changes nothing, set source_code_hash on the aws_lambda_function named ${name}.`,
      within(
        `aws_lambda_function named ${name}`,
        lines({ source_code_hash: expression('filebase64sha256("<filename>")') }),
      ),
    ),
    cuts: [],
  };
}

function noZip(subject: string, name: string, path: string): Judged {
  return {
    verdict: "fail",
    statement: `The package that ${subject} is deployed from does not exist: ${path}.`,
    evidence: [`${path}: no such file, in a folder of built packages`],
    cause: `The aws_lambda_function named ${name} is deployed from ${path}, which the build does not make: the next apply fails, and nobody can say what code runs now.`,
    remedy: { text: "Build it, or name in filename and source_code_hash the zip that the build makes." },
    cuts: [],
  };
}
