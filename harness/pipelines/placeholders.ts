/** Names that are filled per event and not from Terraform's outputs. */
const PER_EVENT = new Set(["tag", "events"]);

/** An output that a pipeline names and that cannot be used. */
export interface UnusableOutput {
  readonly name: string;
  readonly reason: "absent" | "empty" | "wrong-type";
  readonly found: string;
  /** Where the pipelines file names it: `alb.entry.url`. */
  readonly place: string;
}

/** Fills `{output_name}` in texts and remembers every output that could not be used, so that all are reported at once. */
export class Placeholders {
  readonly unusable: UnusableOutput[] = [];
  /** Every output that was asked for, and the first place that did. */
  readonly needed = new Map<string, string>();
  readonly #outputs: ReadonlyMap<string, unknown>;

  constructor(outputs: ReadonlyMap<string, unknown>) {
    this.#outputs = outputs;
  }

  fill(text: string, place: string): string {
    return text.replaceAll(/\{([a-z][a-z0-9_]*)\}/g, (whole, name: string) =>
      PER_EVENT.has(name) ? whole : this.#lookUp(name, place),
    );
  }

  /** Fills every string inside a JSON value. */
  fillJson(value: unknown, place: string): unknown {
    if (typeof value === "string") return this.fill(value, place);
    if (Array.isArray(value)) return value.map((part, index) => this.fillJson(part, `${place}[${index}]`));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, part]) => [key, this.fillJson(part, `${place}.${key}`)]),
      );
    return value;
  }

  #lookUp(name: string, place: string): string {
    if (!this.needed.has(name)) this.needed.set(name, place);
    const value = this.#outputs.get(name);
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number" || typeof value === "boolean")
      return this.#refuse(name, place, "wrong-type", typeof value);
    if (value === undefined || value === null) return this.#refuse(name, place, "absent", "nothing");
    if (value === "") return this.#refuse(name, place, "empty", "an empty string");
    return this.#refuse(name, place, "wrong-type", Array.isArray(value) ? "a list" : "an object");
  }

  #refuse(name: string, place: string, reason: UnusableOutput["reason"], found: string): string {
    this.unusable.push({ name, reason, found, place });
    return `{${name}}`;
  }
}
