import type { Service, ServiceAnswer } from "../../model/service.ts";

/** Calls one operation as an administrator would over TLS. */
export async function call(service: Service, operation: string, input: unknown): Promise<ServiceAnswer> {
  const run = service.operations[operation];
  if (run === undefined) throw new Error(`${service.name} has no operation ${operation}`);
  const principal = { kind: "user", arn: "arn:aws:iam::111122223333:user/tester" } as const;
  return run({ service: service.name, operation, input, principal, secureTransport: true });
}

/** The output of a call that must succeed, as a client of the JSON protocol would see it. */
export async function output(service: Service, operation: string, input: unknown): Promise<Record<string, unknown>> {
  const answer = await call(service, operation, input);
  if (answer.kind === "error") throw new Error(`${operation}: ${answer.code}: ${answer.message}`);
  return JSON.parse(JSON.stringify(answer.output ?? {}));
}
