import type { ServiceAnswer } from "../model/service.ts";

export type ErrorAnswer = Extract<ServiceAnswer, { kind: "error" }>;

export function ok(output: unknown): ServiceAnswer {
  return { kind: "ok", output };
}

/** The service's own error: what most of them are, a 400 unless said otherwise. */
export function failed(code: string, message: string, status = 400): ErrorAnswer {
  return { kind: "error", status, code, message };
}
