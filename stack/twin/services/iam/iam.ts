import { z } from "zod";
import type { Service } from "../../model/service.ts";
import { failed, ok } from "../answer.ts";
import type { ControlPlaneParts } from "../control-plane-parts.ts";
import { derivedIamId } from "../derived.ts";
import { mapped, tagList } from "../mapping.ts";
import { createService, type Operation, operation, queryErrors } from "../operation.ts";
import { iamArn, noSuchEntity, userNameOf } from "./iam-parts.ts";
import { getPolicy, getPolicyVersion } from "./policies.ts";
import {
  getRole,
  getRolePolicy,
  instanceProfileOf,
  listAttachedRolePolicies,
  listInstanceProfilesForRole,
  listRolePolicies,
  listRoles,
} from "./roles.ts";

/** IAM, to be read: roles, policies, instance profiles and users of the state. */
export function createIam(parts: ControlPlaneParts): Service {
  return createService("iam", parts.authorizer, queryErrors, {
    GetRole: getRole(parts),
    ListRoles: listRoles(parts),
    ListRolePolicies: listRolePolicies(parts),
    GetRolePolicy: getRolePolicy(parts),
    ListAttachedRolePolicies: listAttachedRolePolicies(parts),
    ListInstanceProfilesForRole: listInstanceProfilesForRole(parts),
    GetInstanceProfile: getInstanceProfile(parts),
    GetPolicy: getPolicy(parts),
    GetPolicyVersion: getPolicyVersion(parts),
    GetUser: getUser(parts),
  });
}

function getInstanceProfile({ state }: ControlPlaneParts): Operation {
  const find = (name: string) => state.instanceProfiles.find((profile) => profile.name === name);
  return operation({
    input: z.object({ InstanceProfileName: z.string().min(1).max(128) }),
    access: ({ InstanceProfileName: name }) => [
      { action: "iam:GetInstanceProfile", resourceArn: find(name)?.arn ?? iamArn(state, "instance-profile", name) },
    ],
    run({ InstanceProfileName: name }) {
      const profile = find(name);
      if (profile === undefined) return noSuchEntity(`Instance Profile ${name} cannot be found.`);
      return ok({ InstanceProfile: instanceProfileOf(state, profile) });
    },
  });
}

/** A user of the state, or the one that calls: the person at the command line, whom no state knows. */
function getUser({ state }: ControlPlaneParts): Operation {
  const find = (name: string) => state.users.find((user) => user.name === name);
  return operation({
    input: z.object({ UserName: z.string().min(1).max(64).optional() }),
    access({ UserName }, { principal }) {
      const name = UserName ?? userNameOf(principal) ?? "";
      return [{ action: "iam:GetUser", resourceArn: find(name)?.arn ?? iamArn(state, "user", name) }];
    },
    run({ UserName }, { principal }) {
      const callerName = userNameOf(principal);
      const name = UserName ?? callerName;
      if (name === undefined) {
        return failed("ValidationError", "Must specify userName when calling with non-User credentials");
      }
      const user = find(name);
      const caller = { arn: iamArn(state, "user", name), name, path: "/", unique_id: undefined, tags_all: {} };
      if (user === undefined && name !== callerName) {
        return noSuchEntity(`The user with name ${name} cannot be found.`);
      }
      const User = mapped(user ?? caller, {
        Path: "path",
        UserName: "name",
        UserId: ({ arn, unique_id }) => unique_id ?? derivedIamId("AIDA", arn),
        Arn: "arn",
        Tags: ({ tags_all }) => tagList(tags_all),
      });
      return ok({ User });
    },
  });
}
