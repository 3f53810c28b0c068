import { z } from "zod";
import type { Service } from "../../model/service.ts";
import { failed, ok } from "../answer.ts";
import { derivedIamId } from "../derived.ts";
import { mapped, tagList } from "../mapping.ts";
import { type Operation, operations } from "../operation.ts";
import { type IamParts, iamArn, noSuchEntity, userNameOf } from "./iam-parts.ts";
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
export function createIam(parts: IamParts): Service {
  const operation = operations(parts.authorizer, {
    invalid: (message) => failed("ValidationError", message),
    denied: (message) => failed("AccessDenied", message, 403),
  });
  return {
    name: "iam",
    operations: {
      GetRole: operation(getRole(parts)),
      ListRoles: operation(listRoles(parts)),
      ListRolePolicies: operation(listRolePolicies(parts)),
      GetRolePolicy: operation(getRolePolicy(parts)),
      ListAttachedRolePolicies: operation(listAttachedRolePolicies(parts)),
      ListInstanceProfilesForRole: operation(listInstanceProfilesForRole(parts)),
      GetInstanceProfile: operation(getInstanceProfile(parts)),
      GetPolicy: operation(getPolicy(parts)),
      GetPolicyVersion: operation(getPolicyVersion(parts)),
      GetUser: (call) => {
        const own = userNameOf(call.principal);
        return operation(getUser(parts, own))(call);
      },
    },
  };
}

const profileInput = z.object({ InstanceProfileName: z.string().min(1).max(128) });

function getInstanceProfile({ state }: IamParts): Operation<z.infer<typeof profileInput>> {
  const find = (name: string) => state.instanceProfiles.find((profile) => profile.name === name);
  return {
    input: profileInput,
    access: ({ InstanceProfileName: name }) => [
      { action: "iam:GetInstanceProfile", resourceArn: find(name)?.arn ?? iamArn(state, "instance-profile", name) },
    ],
    run({ InstanceProfileName: name }) {
      const profile = find(name);
      if (profile === undefined) return noSuchEntity(`Instance Profile ${name} cannot be found.`);
      return ok({ InstanceProfile: instanceProfileOf(state, profile) });
    },
  };
}

const userInput = z.object({ UserName: z.string().min(1).max(64).optional() });

/** A user of the state, or the one that calls: the person at the command line, whom no state knows. */
function getUser({ state }: IamParts, callerName: string | undefined): Operation<z.infer<typeof userInput>> {
  const find = (name: string) => state.users.find((user) => user.name === name);
  return {
    input: userInput,
    access: ({ UserName: name = callerName ?? "" }) => [
      { action: "iam:GetUser", resourceArn: find(name)?.arn ?? iamArn(state, "user", name) },
    ],
    run({ UserName: name = callerName }) {
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
  };
}
