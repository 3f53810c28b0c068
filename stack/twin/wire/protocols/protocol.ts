import type { ServiceAnswer } from "../../model/service.ts";
import type { WireAnswer } from "../wire-request.ts";

/** The body could not be read: answered with the protocol's SerializationException, 400. */
export class SerializationError extends Error {}

/** One way to write calls and answers over HTTP. */
export interface Protocol {
  /** The call's input; throws SerializationError. */
  read(body: Buffer): unknown;
  write(answer: ServiceAnswer, service: string, operation: string, requestId: string): WireAnswer;
  /** The error for an operation that the twin does not have. */
  unknownOperation(service: string, operation: string): Extract<ServiceAnswer, { kind: "error" }>;
}
