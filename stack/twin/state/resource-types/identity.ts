import { z } from "zod";
import { blocks, flagOr, numberOr, optionalNumber, optionalText, text, textMap, textOr, texts } from "./attribute.ts";

/** aws_iam_role */
export const role = z.object({
  arn: text,
  name: text,
  path: textOr("/"),
  assume_role_policy: text,
  unique_id: optionalText,
  description: optionalText,
  create_date: optionalText,
  max_session_duration: numberOr(3600),
  permissions_boundary: optionalText,
  managed_policy_arns: texts,
  inline_policy: blocks(z.object({ name: optionalText, policy: optionalText })),
  tags_all: textMap,
});

/** aws_iam_role_policy */
export const rolePolicy = z.object({ name: text, role: text, policy: text });

/** aws_iam_policy */
export const policy = z.object({
  arn: text,
  name: text,
  policy: text,
  path: textOr("/"),
  policy_id: optionalText,
  description: optionalText,
  tags_all: textMap,
});

/** aws_iam_role_policy_attachment */
export const rolePolicyAttachment = z.object({ role: text, policy_arn: text });

/** aws_iam_policy_attachment: one policy, and everybody whom it is attached to. */
export const policyAttachment = z.object({ policy_arn: text, roles: texts });

/** aws_iam_instance_profile */
export const instanceProfile = z.object({
  arn: text,
  name: text,
  path: textOr("/"),
  role: optionalText,
  unique_id: optionalText,
  create_date: optionalText,
  tags_all: textMap,
});

/** aws_iam_user */
export const user = z.object({ arn: text, name: text, path: textOr("/"), unique_id: optionalText, tags_all: textMap });

/** aws_kms_key */
export const key = z.object({
  arn: text,
  key_id: text,
  policy: optionalText,
  is_enabled: flagOr(true),
  description: optionalText,
  key_usage: textOr("ENCRYPT_DECRYPT"),
  customer_master_key_spec: textOr("SYMMETRIC_DEFAULT"),
  enable_key_rotation: flagOr(false),
  rotation_period_in_days: optionalNumber,
  multi_region: flagOr(false),
  tags_all: textMap,
});

/** aws_kms_key_policy: a policy that Terraform keeps apart from its key. */
export const keyPolicy = z.object({ key_id: text, policy: text });

/** aws_kms_alias */
export const keyAlias = z.object({ arn: text, name: text, target_key_id: text, target_key_arn: optionalText });

/** aws_kms_grant */
export const keyGrant = z.object({
  key_id: text,
  grant_id: text,
  grantee_principal: text,
  operations: texts,
  retiring_principal: optionalText,
  constraints: blocks(z.object({ encryption_context_equals: textMap, encryption_context_subset: textMap })),
});
