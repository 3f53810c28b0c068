import type { Account } from "../../../model/settings/account.ts";
import {
  type BuiltPackagesSetting,
  type PackageBuildsSetting,
  STATE_SUBJECT,
  type StateFunctionsSetting,
  type TerraformPlanSetting,
} from "../../../model/settings/state-setting.ts";
import { judging, passes } from "../../judging.ts";
import { type NotRead, notKnownFromTerraform } from "../../not-known.ts";
import { expression, lines } from "../../remedy.ts";
import { rolesFunctions } from "../../role-functions.ts";
import type { Judged, Rule } from "../../rule.ts";

/**
 * Two builds of the same code are the same bytes, so that an apply redeploys only what changed. Told by two builds, or by a plan that
 * would change a function's package although that package is the one that runs.
 */
export const functionPackageUnstable: Rule = {
  code: "function.package-unstable",
  severity: "advice",
  title: "Building the same code twice gives the same package",
  breaks:
    "Every apply redeploys the functions: the zip holds times, paths or an order of files that change with every build, or the file's path itself changes.",
  reads: ["package-builds", "terraform-plan", "state-functions", "function"],
  needs: ["entryFunction"],
  remedy:
    "Zip with fixed times, modes and order (in a build of your own, not from a folder with changing files), to one path, and take source_code_hash from that file.",

  judge(account, context) {
    const functions = account.find("state-functions", STATE_SUBJECT)?.functions;
    return rolesFunctions(context).flatMap((name) =>
      judging(`package of function ${name}`, () => {
        const fn = functions?.find((each) => each.name === name);
        // A function of another configuration is not this one's to build.
        if (functions !== undefined && fn === undefined) return null;
        // A package that the build does not make is function.code-drift's.
        return contentOf(name, account)?.kind === "no-such-file" ? null : judgePackage(name, fn, account);
      }),
    );
  },
};

function contentOf(name: string, account: Account): BuiltPackagesSetting["packages"][number]["content"] | undefined {
  return account.find("built-packages", STATE_SUBJECT)?.packages.find(({ functionName }) => functionName === name)
    ?.content;
}

type StateFunction = StateFunctionsSetting["functions"][number];

const GIVE_BUILD =
  "Give the command that builds the zips into the folder that is its last argument, in STACKPROOF_BUILD; or the Terraform folder, initialised, with --deployment, and terraform on the PATH or in STACKPROOF_TERRAFORM.";

function judgePackage(name: string, fn: StateFunction | undefined, account: Account): Judged {
  const builds = account.find("package-builds", STATE_SUBJECT);
  const plan = account.find("terraform-plan", STATE_SUBJECT);
  const build = builds !== undefined && fn !== undefined ? buildOf(fn, builds) : undefined;
  const planned = plan !== undefined && fn !== undefined ? packageChange(fn, plan) : undefined;
  if (build !== undefined && build.first !== build.second) return unstableBuild(name, build);
  if (planned !== undefined && fn !== undefined && runsWhatStateSays(fn, account) && build === undefined)
    return unstablePlan(name, fn, planned);
  const evidence = [
    ...(build === undefined ? [] : [`${build.command}, twice: ${build.file} has SHA-256 ${build.first} both times`]),
    ...(plan !== undefined && planned === undefined ? [`terraform plan in ${plan.folder} changes nothing of it`] : []),
  ];
  if (evidence.length > 0) return passes(`The package of ${name} stays the same until its code changes.`, evidence);
  return notKnownFromTerraform(`whether two builds of ${name} are the same`, mostTelling(account), GIVE_BUILD);
}

interface TwoBuilds {
  readonly command: string;
  readonly file: string;
  readonly first: string;
  readonly second: string;
}

/** By the file's name: the folder that the state names is another than the ones that were built into. */
function buildOf(fn: StateFunction, { command, packages }: PackageBuildsSetting): TwoBuilds | undefined {
  const baseName = fn.fileName.split(/[/\\]/).at(-1) ?? "";
  const found = packages.find(({ file }) => file.split("/").at(-1) === baseName);
  if (found === undefined) return undefined;
  const [first, second] = found.codeSha256;
  return { command, file: found.file, first, second };
}

/** Attributes of aws_lambda_function by which a package is deployed anew. */
const PACKAGE_ATTRIBUTES = ["source_code_hash", "filename", "s3_key", "s3_object_version", "code_sha256"];

function packageChange(fn: StateFunction, { changes }: TerraformPlanSetting): readonly string[] | undefined {
  const change = changes.find(({ address, actions }) => address === fn.address && actions.includes("update"));
  const attributes = change?.attributes.filter((attribute) => PACKAGE_ATTRIBUTES.includes(attribute)) ?? [];
  return attributes.length > 0 ? attributes : undefined;
}

/** Else the plan mends what function.code-drift says. */
function runsWhatStateSays(fn: StateFunction, account: Account): boolean {
  const content = contentOf(fn.name, account);
  return (
    account.find("function", fn.name)?.codeSha256 === fn.sourceCodeHash &&
    (content?.kind !== "zip" || content.codeSha256 === fn.sourceCodeHash)
  );
}

function unstableBuild(name: string, { command, file, first, second }: TwoBuilds): Judged {
  const evidence = [`first build: ${first || "no such file"}`, `second build: ${second || "no such file"}`];
  return {
    verdict: "fail",
    statement: `Two builds of the same code gave two packages: ${file}.`,
    evidence,
    cause: `${command}, run twice without a change between, made ${file} with two different hashes: times, paths or the order of files get into the zip, so source_code_hash differs each time and every apply redeploys ${name}.`,
    remedy: {
      text: "Zip with one fixed time and mode for every file, in one fixed order, and only the files that the function needs.",
    },
    cuts: [],
  };
}

function unstablePlan(name: string, fn: StateFunction, attributes: readonly string[]): Judged {
  const list = attributes.join(" and ");
  return {
    verdict: "fail",
    statement: `terraform plan would deploy ${name} again although its code is the one that runs.`,
    evidence: [`${fn.address}: ${list} would change`, `running and applied: ${fn.sourceCodeHash}`],
    cause: `The plan changes ${list} of ${fn.address} right after an apply: the package is made anew with every plan and is never the same twice (archive_file over a folder that changes, or an output path that does), so every apply redeploys ${name}.`,
    remedy: {
      text: `Give ${fn.address} a fixed filename and its source_code_hash, with the zip made by a build whose bytes depend on the code alone.`,
      terraform: {
        address: fn.address,
        hcl: lines({ filename: "<that file>", source_code_hash: expression('filebase64sha256("<that file>")') }),
      },
    },
    cuts: [],
  };
}

/** An error says more than that nothing was asked. */
function mostTelling(account: Account): NotRead {
  const both = [account.look("package-builds", STATE_SUBJECT), account.look("terraform-plan", STATE_SUBJECT)];
  const notRead = both.filter((looked) => looked.kind !== "read");
  return notRead.find(({ kind }) => kind === "unread") ?? notRead[0] ?? { kind: "not-asked" };
}
