export { createAuthorizer } from "./create-authorizer.ts";
export { createKeyUses } from "./keys/key-uses.ts";
export { createKeys } from "./keys/keys.ts";
export { mayAssumeRole } from "./may-assume-role.ts";
export { policyProblem } from "./policy/compiled-policy.ts";
export { recordDenials } from "./record-denials.ts";
