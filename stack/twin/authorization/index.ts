export { type AuthorizerOptions, createAuthorizer, type StateAuthorizer } from "./create-authorizer.ts";
export {
  type DeniedAnswer,
  type DenyingService,
  deniedAnswer,
  deniedSentence,
  keyFailureAnswer,
} from "./denied-answer.ts";
export type { KeyOperation, KeyUse, KeyUseOutcome } from "./keys/key-use.ts";
export { createKeyUses } from "./keys/key-uses.ts";
export { createKeys, type Keys } from "./keys/keys.ts";
export {
  functionVariablesKeyUse,
  logGroupKeyUse,
  objectKeyUse,
  streamKeyUse,
  tableKeyUse,
} from "./keys/service-key-uses.ts";
export { mayAssumeRole } from "./may-assume-role.ts";
export { policyProblem } from "./policy-problem.ts";
export { type Denial, recordDenials } from "./record-denials.ts";
