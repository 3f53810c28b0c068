import type { TerraformResource } from "../../model/terraform-resource.ts";

/** The resources and outputs of a state, as recognising asks for them. */
export class StackView {
  readonly #resources: readonly TerraformResource[];
  readonly #outputs: ReadonlyMap<string, unknown>;

  constructor(resources: readonly TerraformResource[], outputs: ReadonlyMap<string, unknown>) {
    this.#resources = resources;
    this.#outputs = outputs;
  }

  ofType(type: string): readonly TerraformResource[] {
    return this.#resources.filter((resource) => resource.type === type);
  }

  /** The resource of a type that has one of these values under one of these attributes. */
  find(type: string, attributes: readonly string[], value: string): TerraformResource | undefined {
    if (value === "") return undefined;
    return this.ofType(type).find((resource) => attributes.some((name) => text(resource, name) === value));
  }

  /** A function by its ARN (qualified or not, bare or within an integration's URI) or by its name. */
  functionOf(reference: string): TerraformResource | undefined {
    const name = /:function:([^:/]+)/.exec(reference)?.[1] ?? reference;
    return this.find("aws_lambda_function", ["function_name"], name);
  }

  /** `{output}` where an output has this value, else the value itself. `kind` is a word of the output's name, where several have it. */
  reference(value: string, kind = ""): string {
    const name = this.outputOf(value, kind);
    return name === undefined ? value : `{${name}}`;
  }

  /** The output with this value; of several, one whose name says the kind of thing, then the shortest. */
  outputOf(value: string, kind = ""): string | undefined {
    if (value === "") return undefined;
    const names = [...this.#outputs].filter(([, held]) => held === value).map(([name]) => name);
    const rank = (name: string) => (name.includes(kind) ? 0 : 1_000) + name.length;
    return names.sort((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1))[0];
  }

  /** The first output whose name fits. */
  outputNamed(pattern: RegExp): string | undefined {
    return [...this.#outputs.keys()].find((name) => pattern.test(name));
  }

  /** Outputs that are URLs of a host, longest path first. */
  urlsOf(host: string): readonly { readonly output: string; readonly url: URL }[] {
    return [...this.#outputs]
      .flatMap(([output, value]) =>
        typeof value === "string" && URL.canParse(value) ? [{ output, url: new URL(value) }] : [],
      )
      .filter(({ url }) => url.hostname === host)
      .sort((left, right) => right.url.pathname.length - left.url.pathname.length);
  }
}

type Values = Readonly<Record<string, unknown>>;

/** A text attribute; empty where there is none. */
export function text(resource: TerraformResource | undefined, name: string): string {
  return field(resource?.values, name);
}

/** The blocks of an attribute, as Terraform's JSON has them: a list of objects. */
export function blocks(resource: TerraformResource | undefined, name: string): readonly Record<string, unknown>[] {
  return blocksIn(resource?.values, name);
}

/** A text field of a block; empty where there is none. */
export function field(block: Values | undefined, name: string): string {
  const value = block?.[name];
  return typeof value === "string" ? value : "";
}

/** The blocks within a block. */
export function blocksIn(block: Values | undefined, name: string): readonly Record<string, unknown>[] {
  const value = block?.[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === "object" && each !== null) : [];
}
