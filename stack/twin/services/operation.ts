import type { z } from "zod";
import type { Authorizer, Principal } from "../model/ports.ts";
import type { ServiceAnswer, ServiceCall } from "../model/service.ts";
import { type ErrorAnswer, failed } from "./answer.ts";

/** One thing that a call does to one resource, as IAM names them. */
export interface Access {
  /** For example `kinesis:PutRecords`. */
  readonly action: string;
  readonly resourceArn: string;
  /** Condition keys beyond those that every call has. */
  readonly context?: Readonly<Record<string, string>>;
}

/** How one operation reads its input, what it needs to be allowed, and what it does. */
export interface Operation<I> {
  readonly input: z.ZodType<I>;
  readonly access: (input: I) => readonly Access[];
  readonly run: (input: I, call: ServiceCall) => ServiceAnswer | Promise<ServiceAnswer>;
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

/**
 * Makes the operations of one service: the input is checked, then every access is authorized, then the operation
 * runs. That order is AWS' own: a malformed call is told so whoever makes it.
 */
export function operations(authorizer: Authorizer, errors: ErrorWording) {
  return <I>(operation: Operation<I>) =>
    (call: ServiceCall): ServiceAnswer | Promise<ServiceAnswer> => {
      const parsed = operation.input.safeParse(call.input);
      if (!parsed.success) return errors.invalid(validationMessage(parsed.error.issues[0]));
      for (const access of operation.access(parsed.data)) {
        const context = { "aws:SecureTransport": String(call.secureTransport), ...access.context };
        const decision = authorizer.decide({ principal: call.principal, ...access, context });
        if (!decision.allowed) return errors.denied(deniedMessage(call.principal, access, decision.reason));
      }
      return operation.run(parsed.data, call);
    };
}

function validationMessage(issue: z.core.$ZodIssue | undefined): string {
  const member = issue?.path.map(String).join(".") ?? "";
  return `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${issue?.message ?? "invalid"}`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function deniedMessage(principal: Principal, access: Access, reason: string): string {
  return `User: ${callerArn(principal)} is not authorized to perform: ${access.action} on resource: ${access.resourceArn} ${reason}`;
}

/** The caller's ARN as STS and error messages give it: a role shows as its session. */
export function callerArn(principal: Principal): string {
  switch (principal.kind) {
    case "user":
      return principal.arn;
    case "role": {
      const [, partition = "aws", account = "", path = ""] =
        /^arn:([^:]+):iam::(\d*):role\/(.*)$/.exec(principal.roleArn) ?? [];
      return `arn:${partition}:sts::${account}:assumed-role/${path.split("/").at(-1) ?? ""}/${principal.sessionName}`;
    }
    case "service":
      return principal.service;
    default:
      return principal satisfies never;
  }
}
