import { fitsResource } from "./match-arn.ts";
import type { Statement } from "./policy-document.ts";
import { parseTemplate, resolve } from "./policy-variables.ts";
import type { RequestContext } from "./request-context.ts";

/**
 * Whether a statement is about a resource. A statement that names none (a role's trust policy) is about the resource
 * that it belongs to.
 */
export function compileResources(
  resources: Statement["resources"],
  version: "2012-10-17" | "2008-10-17",
): (resourceArn: string, context: RequestContext) => boolean {
  if (resources.kind === "not-said") return () => true;
  const templates = resources.values.map((value) => parseTemplate(value, version));
  const listed = resources.kind === "these";
  return (resourceArn, context) =>
    templates.some((template) => {
      const resolved = resolve(template, context);
      return resolved !== undefined && fitsResource(resolved.pattern, resourceArn);
    }) === listed;
}
