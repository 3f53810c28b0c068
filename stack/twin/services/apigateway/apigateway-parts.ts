import { z } from "zod";
import type { ServiceAnswer } from "../../model/service.ts";
import type { TwinState } from "../../state/twin-state.ts";
import { type ErrorAnswer, failed, ok } from "../answer.ts";
import type { Access } from "../operation.ts";
import { pageOf } from "../page.ts";

/**
 * API Gateway's own API knows one action per HTTP method, on the path that is called.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html
 */
export function mayGet({ partition, region }: TwinState, path: string): readonly Access[] {
  return [{ action: "apigateway:GET", resourceArn: `arn:${partition}:apigateway:${region}::${path}` }];
}

export const PAGING = {
  position: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
};

/** One page of a list; at most 500 of it, 25 where the call does not say. */
export function listed(
  all: readonly unknown[],
  { position, limit }: { position?: string | undefined; limit?: number | undefined },
): ServiceAnswer {
  const page = pageOf(all, position, limit ?? 25);
  if (page === undefined) return failed("BadRequestException", "Invalid position parameter");
  return ok({ item: page.items, position: page.next });
}

export function notFound(what: string): ErrorAnswer {
  return failed("NotFoundException", `Invalid ${what} identifier specified`, 404);
}

/** Empty maps are left out, as API Gateway does. */
export function mapOf<T>(map: Readonly<Record<string, T>> | null | undefined): Readonly<Record<string, T>> | undefined {
  return map === null || map === undefined || Object.keys(map).length === 0 ? undefined : map;
}
