import { z } from "zod";
import { CannotRun } from "../model/errors.ts";

/** What the function's environment says; stack/modules/canary sets it. */
export interface LambdaSettings {
  /** Terraform's outputs, name → value. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The name under which the metrics are kept. */
  readonly stack: string;
  /** Names of the hops to watch, besides entry and sink; undefined: those of the canary that are not metrics. */
  readonly watch: readonly string[] | undefined;
  /** Most seconds to wait for anything to appear. */
  readonly waitSeconds: number | undefined;
  /** Host → URL, as `--connect-to`. */
  readonly connectTo: Readonly<Record<string, string>>;
}

const settings = z.object({
  STACKPROOF_OUTPUTS: json(z.record(z.string(), z.unknown())),
  STACKPROOF_STACK: z.string().min(1),
  STACKPROOF_WATCH: z
    .string()
    .transform((names) =>
      names
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
    )
    .optional(),
  STACKPROOF_WAIT_SECONDS: z.coerce.number().positive().optional(),
  STACKPROOF_CONNECT_TO: json(z.record(z.string(), z.url({ protocol: /^https?$/ }))).optional(),
});

/**
 * Reads the settings from the function's environment.
 * @throws CannotRun `lambda.environment` that names the variable.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): LambdaSettings {
  const parsed = settings.safeParse(env);
  if (parsed.success) {
    const { data } = parsed;
    return {
      outputs: data.STACKPROOF_OUTPUTS,
      stack: data.STACKPROOF_STACK,
      watch: data.STACKPROOF_WATCH,
      waitSeconds: data.STACKPROOF_WAIT_SECONDS,
      connectTo: data.STACKPROOF_CONNECT_TO ?? {},
    };
  }
  const issue = parsed.error.issues[0];
  throw new CannotRun({
    code: "lambda.environment",
    message: `The environment of the function is not right: ${issue?.message ?? "unreadable"}`,
    place: `environment variable ${issue?.path.map(String).join(".") ?? "unknown"}`,
    remedy: "Set it as stack/modules/canary does.",
  });
}

function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "it is not JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema);
}
