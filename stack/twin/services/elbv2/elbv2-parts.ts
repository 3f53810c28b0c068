import { z } from "zod";
import type { ServiceAnswer } from "../../model/service.ts";
import { failed, ok } from "../answer.ts";
import { type Access, type Operation, operation } from "../operation.ts";
import { pageOf } from "../page.ts";

/** How a target fares, in the words of DescribeTargetHealth. */
export type TargetHealth =
  | { readonly state: "healthy" }
  | { readonly state: "unhealthy" | "unused" | "unavailable"; readonly reason: string; readonly description: string };

/** Checks the targets of load balancers. */
export interface TargetHealthChecks {
  check(targetGroupArn: string, targetId: string): Promise<TargetHealth>;
}

/**
 * None of these reads can be allowed for a single load balancer.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
export function mayDescribe(name: string): () => readonly Access[] {
  return () => [{ action: `elasticloadbalancing:${name}`, resourceArn: "*" }];
}

const PAGING = { Marker: z.string().optional(), PageSize: z.coerce.number().int().min(1).max(400).optional() };
const texts = z.array(z.string()).optional();

/** What is described, and the parameters that choose from it. */
export interface Description<T> {
  readonly operation: string;
  /** The name of the list in the answer. */
  readonly member: string;
  readonly all: readonly T[];
  /** By parameter: the value of a resource that the parameter's must equal. A list must be found whole. */
  readonly chosenBy: Readonly<Record<string, (resource: T) => readonly string[]>>;
  readonly notFound: (missing: readonly string[]) => ServiceAnswer;
  readonly shape: (resource: T) => unknown;
}

/** A Describe operation: everything, or what its parameters choose, page by page. */
export function described<T>(description: Description<T>): Operation {
  const { member, all, chosenBy, notFound, shape } = description;
  const choices = Object.keys(chosenBy).map((name) => [name, z.union([z.string(), texts])] as const);
  const input = z.object({ ...Object.fromEntries(choices), ...PAGING });
  return operation({
    input,
    access: mayDescribe(description.operation),
    run(call) {
      let chosen = all;
      for (const [name, valuesOf] of Object.entries(chosenBy)) {
        const wanted = wantedIn(call, name);
        if (wanted === undefined) continue;
        chosen = chosen.filter((resource) => valuesOf(resource).some((value) => wanted.includes(value)));
        const missing = wanted.filter((value) => !chosen.some((resource) => valuesOf(resource).includes(value)));
        if (missing.length > 0) return notFound(missing);
      }
      const page = pageOf(chosen, call.Marker, call.PageSize ?? 400);
      if (page === undefined) return failed("ValidationError", "Invalid marker");
      return ok({ [member]: page.items.map(shape), NextMarker: page.next });
    },
  });
}

function wantedIn(call: object, name: string): readonly string[] | undefined {
  const value: unknown = Object.entries(call).find(([key]) => key === name)?.[1];
  const list = texts.safeParse(typeof value === "string" ? [value] : value);
  return list.success && list.data !== undefined && list.data.length > 0 ? list.data : undefined;
}
