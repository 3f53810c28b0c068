import type { Roles } from "../../model/role.ts";
import type { SettingOf } from "../../model/settings/setting.ts";
import { STATE_SUBJECT } from "../../model/settings/state-setting.ts";
import { PLACE } from "../../testing/names.ts";
import type { RuleContext } from "../rule.ts";
import { AccountBuilder } from "./account-builder.ts";
import { readRecording } from "./recording.ts";

export { ACCOUNT_ID, ARNS, NAMES, PLACE, REGION } from "../../testing/names.ts";
export { AccountBuilder, denied } from "./account-builder.ts";

const RECORDED = readRecording();
const HEALTHY = AccountBuilder.of(RECORDED.account);

/**
 * The account as the readers see it after an apply of the reference stack. Break it with the builder's methods:
 * `healthyAccount().change("bucket", NAMES.contentBucket, () => ({ policy: null })).build()`.
 */
export function healthyAccount(): AccountBuilder {
  return HEALTHY;
}

/** The healthy account with everything that Terraform can say: state, outputs, packages, two builds and a plan. */
export function healthyAccountWithState(): AccountBuilder {
  const withState = AccountBuilder.of([...RECORDED.account, ...RECORDED.terraform]);
  return withState.with(packageBuilds(withState)).with({ kind: "terraform-plan", folder: "stack", changes: [] });
}

/** Two builds that gave the packages that are there. */
function packageBuilds(account: AccountBuilder): SettingOf<"package-builds"> {
  return {
    kind: "package-builds",
    command: "node build.mjs",
    packages: account.get("built-packages", STATE_SUBJECT).packages.flatMap(({ path, content }) =>
      content.kind === "zip"
        ? [
            {
              file: path.slice(path.lastIndexOf("/") + 1),
              codeSha256: [content.codeSha256, content.codeSha256] as const,
            },
          ]
        : [],
    ),
  };
}

const ENTRY_KINDS = { alb: "alb", api: "api-gateway", upload: "s3" } as const;

/** The context of one of the reference stack's pipelines; `roles` are put over its own, which leave open what the code calls. */
export function contextOf(pipeline: keyof typeof ENTRY_KINDS, roles: Partial<Roles> = {}): RuleContext {
  const { tableActions: _, ...own } = RECORDED.roles[pipeline] ?? {};
  return { ...PLACE, pipeline, entryKind: ENTRY_KINDS[pipeline], roles: { ...own, ...roles } };
}
