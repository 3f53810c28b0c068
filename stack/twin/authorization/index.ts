export { type AuthorizerOptions, createAuthorizer, type StateAuthorizer } from "./create-authorizer.ts";
export {
  type DeniedAnswer,
  type DenyingService,
  deniedAnswer,
  deniedSentence,
  keyFailureAnswer,
} from "./denied-answer.ts";
export type { KeyOperation, KeyUse, KeyUseOutcome } from "./keys/key-use.ts";
export { createKeys, type Keys } from "./keys/keys.ts";
export {
  functionVariablesKeyUse,
  logGroupKeyUse,
  type ObjectAccess,
  objectKeyUse,
  streamKeyUse,
  tableKeyUse,
} from "./keys/service-key-uses.ts";
export { mayAssumeRole } from "./may-assume-role.ts";
export type { PolicyAttachment } from "./state/identity-policies.ts";
