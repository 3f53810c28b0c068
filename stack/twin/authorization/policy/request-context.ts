/** Condition keys and their values as a service gives them; some keys have several values. */
export type ContextValues = Readonly<Record<string, string | readonly string[]>>;

/**
 * The condition keys of one request. Keys are the same in any case
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html).
 */
export class RequestContext {
  readonly #values = new Map<string, readonly string[]>();

  /** What comes later wins over what came earlier. */
  constructor(...contexts: readonly ContextValues[]) {
    for (const context of contexts) {
      for (const [key, value] of Object.entries(context)) {
        this.#values.set(key.toLowerCase(), typeof value === "string" ? [value] : value);
      }
    }
  }

  /** The values of a key in lower case; undefined where the request has none. */
  values(lowerCaseKey: string): readonly string[] | undefined {
    const values = this.#values.get(lowerCaseKey);
    return values === undefined || values.length === 0 ? undefined : values;
  }
}
