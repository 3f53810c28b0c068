/** A statement as an author writes it. */
export type StatementJson = Readonly<Record<string, unknown>>;

/** A policy's JSON text. */
export function policy(...statements: readonly StatementJson[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export function allow(Action: unknown, Resource: unknown, rest: StatementJson = {}): StatementJson {
  return { Effect: "Allow", Action, Resource, ...rest };
}

export function deny(Action: unknown, Resource: unknown, rest: StatementJson = {}): StatementJson {
  return { Effect: "Deny", Action, Resource, ...rest };
}

/** The trust policy of a role that a service takes on. */
export function trusts(service: string, rest: StatementJson = {}): string {
  return policy({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole", ...rest });
}
