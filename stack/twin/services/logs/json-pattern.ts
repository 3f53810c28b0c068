/** What became of a filter pattern. */
export type FilterPattern =
  | { readonly kind: "pattern"; readonly matches: (message: string) => boolean }
  | { readonly kind: "invalid"; readonly reason: string }
  /** Space-delimited patterns, `[a, b, c]`, are not there. */
  | { readonly kind: "unimplemented" };

/** Judges one parsed log event. */
type Condition = (event: unknown) => boolean;

const TOKEN =
  /\s*(\|\||&&|!=|>=|<=|[=<>(){}]|%[^%]*%|"(?:[^"\\]|\\.)*"|\$(?:\.(?:[\w-]+|\*)|\[(?:\d+|\*|"[^"]*")\])*|[^\s=<>!(){}&|"]+)/y;

class PatternError extends Error {}

/**
 * JSON patterns: `{ $.level = "error" && ($.code >= 500 || $.retry IS TRUE) }`. A message that is not JSON never
 * matches; `*` stands for any text in a value; `= %expression%` is a regular expression.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseJsonPattern(pattern: string): FilterPattern {
  try {
    const parser = new Parser(tokensOf(pattern));
    const condition = parser.whole();
    return {
      kind: "pattern",
      matches: (message) => {
        if (!message.includes("{")) return false;
        try {
          return condition(JSON.parse(message));
        } catch {
          return false;
        }
      },
    };
  } catch (cause) {
    if (cause instanceof PatternError) return { kind: "invalid", reason: cause.message };
    throw cause;
  }
}

function tokensOf(pattern: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; pattern.slice(end).trim() !== ""; end = TOKEN.lastIndex) {
    TOKEN.lastIndex = end;
    const match = TOKEN.exec(pattern);
    if (match?.[1] === undefined) throw new PatternError(`cannot be read at "${pattern.slice(end)}"`);
    tokens.push(match[1]);
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  whole(): Condition {
    this.#expect("{");
    const condition = this.#any();
    this.#expect("}");
    if (this.#next < this.#tokens.length) throw new PatternError("text after the closing brace");
    return condition;
  }

  #any(): Condition {
    const conditions = [this.#all()];
    while (this.#take("||")) conditions.push(this.#all());
    return (event) => conditions.some((condition) => condition(event));
  }

  #all(): Condition {
    const conditions = [this.#one()];
    while (this.#take("&&")) conditions.push(this.#one());
    return (event) => conditions.every((condition) => condition(event));
  }

  #one(): Condition {
    if (this.#take("(")) {
      const inner = this.#any();
      this.#expect(")");
      return inner;
    }
    const path = this.#read();
    if (!path.startsWith("$")) throw new PatternError(`"${path}" is not a property such as $.name`);
    const select = selector(path);
    const operator = this.#read();
    switch (operator.toUpperCase()) {
      case "IS":
        return this.#is(select);
      case "NOT":
        if (this.#read().toUpperCase() !== "EXISTS") throw new PatternError("NOT is followed by EXISTS");
        return (event) => select(event).length === 0;
      case "EXISTS":
        return (event) => select(event).length > 0;
      default: {
        const matches = comparison(operator, this.#read());
        return (event) => select(event).some(matches);
      }
    }
  }

  #is(select: (event: unknown) => unknown[]): Condition {
    const what = this.#read().toUpperCase();
    const wanted = { TRUE: true, FALSE: false, NULL: null }[what];
    if (wanted === undefined) throw new PatternError("IS is followed by TRUE, FALSE or NULL");
    return (event) => select(event).some((value) => value === wanted);
  }

  #read(): string {
    const next = this.#tokens[this.#next];
    if (next === undefined) throw new PatternError("the pattern ends too soon");
    this.#next += 1;
    return next;
  }

  #take(wanted: string): boolean {
    if (this.#tokens[this.#next] !== wanted) return false;
    this.#next += 1;
    return true;
  }

  #expect(wanted: string): void {
    const found = this.#read();
    if (found !== wanted) throw new PatternError(`"${wanted}" expected, "${found}" found`);
  }
}

/** Reads a path such as `$.a.b[0]` or `$.list[*]` off an event: none, one or several values. */
function selector(path: string): (event: unknown) => unknown[] {
  const steps = [...path.slice(1).matchAll(/\.([\w-]+|\*)|\[(\d+|\*|"[^"]*")\]/g)].map(
    (match) => match[1] ?? match[2]?.replace(/^"|"$/g, "") ?? "",
  );
  return (event) => {
    let values: unknown[] = [event];
    for (const step of steps) {
      values = values.flatMap((value) => {
        if (typeof value !== "object" || value === null) return [];
        if (step === "*") return Object.values(value);
        const found = Object.entries(value).find(([key]) => key === step);
        return found === undefined ? [] : [found[1]];
      });
    }
    return values;
  };
}

function comparison(operator: string, operand: string): (value: unknown) => boolean {
  const regular = /^%(.*)%$/.exec(operand)?.[1];
  const text = operand.startsWith('"') ? operand.slice(1, -1).replace(/\\(.)/g, "$1") : operand;
  const expression = regular === undefined ? wildcard(text) : new RegExp(regular);
  const number = operand.startsWith('"') ? Number.NaN : Number(operand);
  const equal = (value: unknown) =>
    typeof value === "number" && !Number.isNaN(number) ? value === number : expression.test(String(value));
  switch (operator) {
    case "=":
      return equal;
    case "!=":
      return (value) => !equal(value);
    case ">":
      return (value) => typeof value === "number" && value > number;
    case ">=":
      return (value) => typeof value === "number" && value >= number;
    case "<":
      return (value) => typeof value === "number" && value < number;
    case "<=":
      return (value) => typeof value === "number" && value <= number;
    default:
      throw new PatternError(`"${operator}" is not a comparison`);
  }
}

function wildcard(text: string): RegExp {
  const parts = text.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}
