import type { Fact } from "../../model/fact.ts";
import { kindOf } from "../../model/hop.ts";
import type { Roles } from "../../model/role.ts";
import type { Scenario } from "../../model/scenario.ts";
import type { Need } from "../../model/settings/need.ts";
import { arnOf, type Place } from "../../model/settings/place.ts";
import {
  anyTargets,
  needsOfClues,
  needsOfEntry,
  needsOfKeys,
  needsOfTargets,
  needsOfVariables,
  targetsOfFacts,
} from "./permissions.ts";

/** An IAM policy as it is given to IAM. */
export interface PolicyJson {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  }[];
}

export interface VerifierPolicyInput {
  readonly roles: readonly Roles[];
  readonly scenarios: readonly Pick<Scenario, "entry" | "hops">[];
  readonly place: Place;
  /** What this kind of run needs in addition. */
  readonly more?: readonly Need[];
  /** Facts of an earlier run, to narrow the policy to its settings; without them, linked settings may have any name. */
  readonly facts?: readonly Fact[];
}

/** The minimal policy with which a run of these scenarios is complete. */
export function verifierPolicy({ roles, scenarios, place, more = [], facts }: VerifierPolicyInput): PolicyJson {
  const targets = facts === undefined ? anyTargets(roles, place) : targetsOfFacts(facts);
  const direct = [
    ...needsOfTargets(targets, place),
    ...scenarios.flatMap(({ entry, hops }) => [
      ...needsOfEntry(entry, place),
      ...hops.flatMap((hop) => kindOf(hop).needs(hop, place)),
    ]),
    ...roles.flatMap((one) => needsOfClues(one, place)),
    ...more,
  ];
  const keyArns = facts === undefined ? [arnOf("kms", "key/*", place)] : keysOf(facts);
  return {
    Version: "2012-10-17",
    Statement: [
      ...statementsOf(direct),
      ...throughServices(needsOfKeys(keyArns), ["dynamodb", "kinesis", "s3"], place),
      ...throughServices(needsOfVariables(keyArns), ["lambda"], place),
    ],
  };
}

function keysOf(facts: readonly Fact[]): string[] {
  const arns = facts.flatMap((fact) =>
    fact.fact === "setting" && fact.setting.kind === "key" ? fact.setting.arn : [],
  );
  return [...new Set(arns)].sort();
}

/** What services may do with a key on the verifier's behalf; the verifier itself may not. */
function throughServices(needs: readonly Need[], services: readonly string[], place: Place): PolicyJson["Statement"] {
  const domain = place.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const names = services.map((service) => `${service}.${place.region}.${domain}`);
  return statementsOf(needs).map((statement) => ({
    ...statement,
    Condition: { StringEquals: { "kms:ViaService": names } },
  }));
}

/** One statement for all actions on the same resources. */
function statementsOf(needs: readonly Need[]): PolicyJson["Statement"] {
  const resourcesOf = new Map<string, Set<string>>();
  for (const { action, resources } of needs) {
    const known = resourcesOf.get(action) ?? new Set<string>();
    for (const resource of resources) known.add(resource);
    resourcesOf.set(action, known);
  }
  const statements = new Map<string, { actions: string[]; resources: string[] }>();
  for (const [action, known] of resourcesOf) {
    const resources = withoutCovered([...known]).sort();
    const key = JSON.stringify(resources);
    const statement = statements.get(key) ?? { actions: [], resources };
    statement.actions.push(action);
    statements.set(key, statement);
  }
  return [...statements.values()]
    .map(({ actions, resources }) => ({ Effect: "Allow" as const, Action: actions.sort(), Resource: resources }))
    .sort((one, other) => `${one.Action[0]}`.localeCompare(`${other.Action[0]}`));
}

/** Leaves out names that a wildcard of the same list covers. */
function withoutCovered(resources: readonly string[]): string[] {
  const wildcards = resources.filter((resource) => resource.endsWith("*"));
  return resources.filter(
    (resource) => !wildcards.some((wildcard) => wildcard !== resource && resource.startsWith(wildcard.slice(0, -1))),
  );
}
