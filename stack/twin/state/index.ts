/** What the twin's other parts see of Terraform's state. */
export { type Arn, parseArn } from "./arn.ts";
export { readState } from "./read-state.ts";
export type { StateError, StateResult } from "./state-error.ts";
export type { Addressed, Resource, TwinState } from "./twin-state.ts";
