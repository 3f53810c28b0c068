import type { z } from "zod";
import type { Authorizer } from "../model/ports.ts";
import { deniedMessage } from "../model/principal.ts";
import type { Service, ServiceAnswer, ServiceCall } from "../model/service.ts";
import { type ErrorAnswer, failed } from "./answer.ts";

/** One thing that a call does to one resource, as IAM names them. */
export interface Access {
  /** For example `kinesis:PutRecords`. */
  readonly action: string;
  readonly resourceArn: string;
  /** Condition keys beyond those that every call has. */
  readonly context?: Readonly<Record<string, string>>;
}

/** How a service words the errors that all its operations share. */
export interface ErrorWording {
  readonly invalid: (message: string) => ErrorAnswer;
  readonly denied: (message: string) => ErrorAnswer;
}

/** The wording of the services that speak AWS JSON. */
export const jsonErrors: ErrorWording = {
  invalid: (message) => failed("ValidationException", message),
  denied: (message) => failed("AccessDeniedException", message),
};

/** The wording of the services that speak the Query protocol (EC2 has its own). */
export const queryErrors: ErrorWording = {
  invalid: (message) => failed("ValidationError", message),
  denied: (message) => failed("AccessDenied", message, 403),
};

/** The wording of the services that speak REST-JSON. */
export const restJsonErrors: ErrorWording = {
  invalid: (message) => failed("ValidationException", message),
  denied: (message) => failed("AccessDeniedException", message, 403),
};

/** One operation of a service, ready to be called. */
export type Operation = (
  call: ServiceCall,
  service: { readonly authorizer: Authorizer; readonly errors: ErrorWording },
) => ServiceAnswer | Promise<ServiceAnswer>;

/**
 * An operation from how it reads its input, what it needs to be allowed, and what it does. The input is checked, then every access
 * is authorized, then it runs. That order is AWS' own: a malformed call gets a validation error, whoever makes it.
 */
export function operation<I>(definition: {
  readonly input: z.ZodType<I>;
  readonly access: (input: I, call: ServiceCall) => readonly Access[];
  readonly run: (input: I, call: ServiceCall) => ServiceAnswer | Promise<ServiceAnswer>;
}): Operation {
  return (call, { authorizer, errors }) => {
    const parsed = definition.input.safeParse(call.input);
    if (!parsed.success) return errors.invalid(validationMessage(parsed.error.issues[0]));
    for (const access of definition.access(parsed.data, call)) {
      const context = { "aws:SecureTransport": String(call.secureTransport), ...access.context };
      const decision = authorizer.decide({ principal: call.principal, ...access, context });
      if (!decision.allowed) {
        return errors.denied(deniedMessage(call.principal, access.action, access.resourceArn, decision.reason));
      }
    }
    return definition.run(parsed.data, call);
  };
}

/** A service from its operations. `name` is its signing name. */
export function createService(
  name: string,
  authorizer: Authorizer,
  errors: ErrorWording,
  operations: Readonly<Record<string, Operation>>,
): Service {
  const ready = Object.entries(operations).map(
    ([of, run]) => [of, (call: ServiceCall) => run(call, { authorizer, errors })] as const,
  );
  return { name, operations: Object.fromEntries(ready) };
}

function validationMessage(issue: z.core.$ZodIssue | undefined): string {
  const member = issue?.path.map(String).join(".") ?? "";
  return `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${issue?.message ?? "invalid"}`;
}
