import type { KeyRefusal, KeyUses } from "../../model/ports.ts";
import type { Home } from "../../state/home.ts";
import { keyFailureAnswer } from "./key-failure-answer.ts";
import type { KeyUse } from "./key-use.ts";
import type { Keys } from "./keys.ts";
import {
  functionVariablesKeyUse,
  logGroupKeyUse,
  objectKeyUse,
  streamKeyUse,
  tableKeyUse,
} from "./service-key-uses.ts";

/** The port for the services: which calls to KMS each makes, whether they are allowed, and what it answers if not. */
export function createKeyUses({ accountId, partition, region }: Home, keys: Keys): KeyUses {
  const ask = (service: Parameters<typeof keyFailureAnswer>[0], use: KeyUse): KeyRefusal | undefined => {
    const outcome = keys.mayUseKey(use);
    return outcome.kind === "allowed" ? undefined : keyFailureAnswer(service, use.principal, use.operation, outcome);
  };
  return {
    ofStream: (access, principal, stream) => ask("kinesis", streamKeyUse(access, principal, { ...stream, region })),
    ofTable: (principal, table) => ask("dynamodb", tableKeyUse(principal, { ...table, region, accountId })),
    ofLogGroup: (access, group) => ask("logs", logGroupKeyUse(access, { ...group, region, accountId, partition })),
    ofObject: (access, principal, object) => ask("s3", objectKeyUse(access, principal, { ...object, region })),
    ofFunction: (aFunction) => ask("lambda", functionVariablesKeyUse({ ...aFunction, region })),
  };
}
