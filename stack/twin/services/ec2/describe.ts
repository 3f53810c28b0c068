import { z } from "zod";
import { type ErrorAnswer, failed, ok } from "../answer.ts";
import { type Mapping, mapped } from "../mapping.ts";
import { type Operation, operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import { type Filters, filtered, filterInput } from "./filters.ts";

/** What one Describe operation shows. */
export interface Description<T> {
  readonly operation: string;
  /** The list's name in the answer, for example `vpcSet`. */
  readonly set: string;
  readonly all: readonly T[];
  readonly shape: Mapping<T>;
  readonly filters: Filters<T>;
  /** Parameters that choose by value, such as `VpcId`; what they name and is not there is an error. */
  readonly chosenBy: Readonly<Record<string, Choice<T>>>;
}

interface Choice<T> {
  readonly idOf: (resource: T) => string;
  /** For example `InvalidVpcID.NotFound`. */
  readonly code: string;
  /** What the error calls it, for example `vpc ID`. */
  readonly what: string;
}

const PAGING = { NextToken: z.string().optional(), MaxResults: z.coerce.number().int().min(1).max(1000).optional() };
const chosen = z.array(z.string()).optional();

/**
 * A Describe operation of EC2: everything, or what ids and filters choose, page by page. None of them can be allowed
 * for a single resource. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function describe<T>({ operation: name, set, all, shape, filters, chosenBy }: Description<T>): Operation {
  const choices = Object.keys(chosenBy).map((parameter) => [parameter, chosen] as const);
  const input = z.object({ ...Object.fromEntries(choices), Filter: filterInput, ...PAGING });
  return operation({
    input,
    access: () => [{ action: `ec2:${name}`, resourceArn: "*" }],
    run(call) {
      const picked = pick(all, chosenBy, call);
      if ("code" in picked) return picked;
      const passing = filtered(picked, call.Filter, filters);
      if ("code" in passing) return passing;
      const page = pageOf(passing, call.NextToken, call.MaxResults ?? 1000);
      if (page === undefined) return failed("InvalidPaginationToken", "The pagination token is invalid");
      return ok({ [set]: page.items.map((resource) => mapped(resource, shape)), nextToken: page.next });
    },
  });
}

function pick<T>(all: readonly T[], chosenBy: Description<T>["chosenBy"], call: object): readonly T[] | ErrorAnswer {
  const parameters = new Map<string, unknown>(Object.entries(call));
  let picked = all;
  for (const [parameter, { idOf, code, what }] of Object.entries(chosenBy)) {
    const wanted = chosen.parse(parameters.get(parameter));
    if (wanted === undefined || wanted.length === 0) continue;
    const missing = wanted.find((value) => !all.some((resource) => idOf(resource) === value));
    if (missing !== undefined) return failed(code, `The ${what} '${missing}' does not exist`);
    picked = picked.filter((resource) => wanted.includes(idOf(resource)));
  }
  return picked;
}
