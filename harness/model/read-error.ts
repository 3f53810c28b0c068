import { z } from "zod";
import type { DeepReadonly } from "./deep-readonly.ts";

/** Why a read failed. */
export const readErrorSchema = z.object({
  /** The service's own code, for example `AccessDeniedException`. */
  code: z.string(),
  message: z.string(),
  /** The operation that failed, for example `kinesis:GetRecords`. */
  operation: z.string(),
});

export type ReadError = DeepReadonly<z.infer<typeof readErrorSchema>>;
