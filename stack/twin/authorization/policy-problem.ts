import { compilePolicyText } from "./policy/compiled-policy.ts";

/** Why AWS would not take this text as an identity's policy; undefined where it would. */
export function policyProblem(text: string): string | undefined {
  const outcome = compilePolicyText(text, "identity");
  return outcome.kind === "malformed" ? outcome.reason : undefined;
}
