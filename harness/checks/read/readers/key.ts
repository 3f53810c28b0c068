import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  type GrantListEntry,
  type KMSClient,
  ListGrantsCommand,
} from "@aws-sdk/client-kms";
import type { KeyGrant, KeySetting, PolicyDocument } from "../../../model/settings/identity-setting.ts";
import { needsOn } from "../../../model/settings/need.ts";
import { arnOf } from "../../../model/settings/place.ts";
import { targetOf } from "../../../model/settings/subject.ts";
import { createMemo } from "../memo.ts";
import { allPages } from "../pages.ts";
import { parsePolicyDocument } from "../policy-document.ts";
import type { Reader, ReadTools } from "../reader.ts";
import { required, together, Unread } from "../unread.ts";

const DESCRIBE = "kms:DescribeKey";
const POLICY = "kms:GetKeyPolicy";
const GRANTS = "kms:ListGrants";

export const keyReader: Reader<"key"> = {
  kind: "key",
  namedBy: ({ key }) => [key],
  isLinked: true,

  /** To read a key by an alias, the permission on the key is needed. */
  needs: (subject, place) =>
    needsOn([DESCRIBE, POLICY, GRANTS], [/:key\//.test(subject) ? subject : arnOf("kms", "key/*", place)]),

  async read(subject, tools) {
    const kms = await tools.clients.kms();
    const answer = await tools.askIfAny(DESCRIBE, ["NotFoundException"], (options) =>
      kms.send(new DescribeKeyCommand({ KeyId: subject }), options),
    );
    if (answer === undefined) return undefined;
    const metadata = required(answer.KeyMetadata, "KeyMetadata", DESCRIBE);
    const arn = required(metadata.Arn, "KeyMetadata.Arn", DESCRIBE);
    // An alias and the key itself are two subjects with one policy.
    const [policy, grants] = await details(tools, arn, () =>
      together([readPolicy(arn, kms, tools), readGrants(arn, kms, tools)]),
    );
    return {
      kind: "key",
      arn,
      state: required(metadata.KeyState, "KeyMetadata.KeyState", DESCRIBE),
      manager: metadata.KeyManager ?? "",
      policy,
      grants,
    };
  },

  /** Roles of this account that the policy names, to know whether they exist. */
  links: ({ policy }, place) => {
    const roles = `arn:${place.partition}:iam::${place.accountId}:role/`;
    const names = policy.statements.flatMap(({ principals }) => principals["AWS"] ?? []);
    return [...new Set(names.filter((name) => name.startsWith(roles) && !name.includes("*")))].map((name) =>
      targetOf("role", name, place),
    );
  },
};

const details = createMemo<[PolicyDocument, KeySetting["grants"]]>();

async function readPolicy(arn: string, kms: KMSClient, { ask }: ReadTools): Promise<PolicyDocument> {
  const answer = await ask(POLICY, (options) =>
    kms.send(new GetKeyPolicyCommand({ KeyId: arn, PolicyName: "default" }), options),
  );
  return parsePolicyDocument(required(answer.Policy, "Policy", POLICY), POLICY);
}

/**
 * Grants only add to what the key's policy allows, and kms:ListGrants is often denied: if the policy alone allows what is needed, the
 * grants need not be known.
 */
async function readGrants(arn: string, kms: KMSClient, { ask }: ReadTools): Promise<KeySetting["grants"]> {
  try {
    const value = await allPages(GRANTS, async (Marker) => {
      const page = await ask(GRANTS, (options) => kms.send(new ListGrantsCommand({ KeyId: arn, Marker }), options));
      return { items: required(page.Grants, "Grants", GRANTS), next: page.NextMarker };
    });
    return { kind: "read", value: value.map(toGrant) };
  } catch (error) {
    const reason = error instanceof Unread ? error.errors[0] : undefined;
    if (reason === undefined) throw error;
    return { kind: "unread", error: reason };
  }
}

function toGrant(grant: GrantListEntry): KeyGrant {
  return {
    granteePrincipal: grant.GranteePrincipal ?? grant.GranteeServicePrincipal ?? "",
    operations: grant.Operations ?? [],
    encryptionContext: toContext(grant.Constraints ?? {}),
  };
}

function toContext(constraints: NonNullable<GrantListEntry["Constraints"]>): KeyGrant["encryptionContext"] {
  const { EncryptionContextEquals, EncryptionContextSubset } = constraints;
  if (EncryptionContextEquals !== undefined) return { match: "equals", pairs: EncryptionContextEquals };
  if (EncryptionContextSubset !== undefined) return { match: "subset", pairs: EncryptionContextSubset };
  return { match: "any", pairs: {} };
}
