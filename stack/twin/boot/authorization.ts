import { createAuthorizer, createKeys, createKeyUses, policyProblem, recordDenials } from "../authorization/index.ts";
import { administrator } from "../identity/identities.ts";
import { type BootResult, bootError } from "../model/boot-error.ts";
import type { Authorizer, Clock, KeyUses, Principal } from "../model/ports.ts";
import type { TwinState } from "../state/twin-state.ts";
import type { TwinOptions } from "./options.ts";
import { readTextFile } from "./read-file.ts";

/** Who may do what in this twin, and who the person at its endpoint is. */
export interface Authorization {
  readonly authorizer: Authorizer;
  readonly keys: KeyUses;
  /** Whose access key the twin hands out: an administrator, a role of the state, or a user with the policy of a file. */
  readonly caller: Principal;
  readonly notes: readonly string[];
  /** What was denied so far. */
  readonly denials: ReturnType<typeof recordDenials>["denials"];
}

/** Reads the policies of the state, and those of the caller where options give them. */
export async function readAuthorization(
  state: TwinState,
  options: Pick<TwinOptions, "callerRoleArn" | "callerPolicyFile">,
  clock: Clock,
): Promise<BootResult<Authorization>> {
  const caller = await readCaller(state, options);
  if (caller.kind === "error") return caller;
  const { principal, identities } = caller.value;
  const decided = createAuthorizer(state, { nowMs: () => clock.nowMs(), identities });
  const { authorizer, denials } = recordDenials(decided);
  const keys = createKeys(state, authorizer);
  const notes = [...decided.notes, ...keys.notes];
  return { kind: "ok", value: { authorizer, keys: createKeyUses(state, keys), caller: principal, notes, denials } };
}

interface Caller {
  readonly principal: Principal;
  readonly identities: readonly { readonly arn: string; readonly policies: readonly string[] }[];
}

async function readCaller(
  state: TwinState,
  { callerRoleArn, callerPolicyFile }: Pick<TwinOptions, "callerRoleArn" | "callerPolicyFile">,
): Promise<BootResult<Caller>> {
  const user = administrator(state.partition, state.accountId);
  if (callerRoleArn !== undefined) return roleOf(state, callerRoleArn);
  if (callerPolicyFile === undefined) return { kind: "ok", value: { principal: user, identities: [] } };
  const policy = await readPolicy(callerPolicyFile);
  if (policy.kind === "error") return policy;
  return { kind: "ok", value: { principal: user, identities: [{ arn: user.arn, policies: [policy.value] }] } };
}

function roleOf(state: TwinState, callerRoleArn: string): BootResult<Caller> {
  if (state.roles.some(({ arn }) => arn === callerRoleArn)) {
    const principal = { kind: "role", roleArn: callerRoleArn, sessionName: "stackproof" } as const;
    return { kind: "ok", value: { principal, identities: [] } };
  }
  const known = state.roles.map(({ arn }) => arn).join(", ");
  return bootError(
    "caller.role-unknown",
    `The state holds no role ${callerRoleArn}.`,
    "command line, --caller-role",
    `Name one of its roles (${known === "" ? "it has none" : known}), or give the policy itself with --caller-policy FILE.`,
  );
}

async function readPolicy(file: string): Promise<BootResult<string>> {
  const remedy = "Write an IAM policy document there: JSON with a Version and a Statement.";
  const place = `command line, --caller-policy ${file}`;
  const text = await readTextFile(file, "The caller's policy", "caller.policy-not-found", place, remedy);
  if (text.kind === "error") return text;
  const problem = policyProblem(text.value);
  if (problem === undefined) return text;
  return bootError("caller.policy-malformed", `AWS would not take the caller's policy: ${problem}`, file, remedy);
}
