import { z } from "zod";
import { failed, ok } from "../answer.ts";
import { pageOf } from "../page.ts";

/** The parameters by which every list of IAM is read page by page. */
export const PAGING = {
  Marker: z.string().optional(),
  MaxItems: z.coerce.number().int().min(1).max(1000).optional(),
};

interface Paging {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** One page of a list under the name that the operation gives it. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export function listed(member: string, all: readonly unknown[], { Marker, MaxItems }: Paging) {
  const page = pageOf(all, Marker, MaxItems ?? 100);
  if (page === undefined) return failed("ValidationError", "Invalid Marker.");
  return ok({ [member]: page.items, IsTruncated: page.next !== undefined, Marker: page.next });
}
