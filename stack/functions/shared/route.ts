import type { HttpRequest } from "./http-request.ts";
import type { HttpAnswer } from "./http-response.ts";

export interface Route<R> {
  readonly method: string;
  readonly path: string;
  readonly name: R;
}

export type Routed<R> =
  | { readonly kind: "route"; readonly name: R }
  | { readonly kind: "no-route"; readonly answer: HttpAnswer };

/** Finds the route of a request, or the answer to a request that has none: 404 for the path, 405 for the method. */
export function findRoute<R>(request: HttpRequest, routes: readonly Route<R>[]): Routed<R> {
  const samePath = routes.filter(({ path }) => path === request.path);
  const route = samePath.find(({ method }) => method === request.method);
  if (route !== undefined) return { kind: "route", name: route.name };
  if (samePath.length === 0) {
    const known = routes.map(({ method, path }) => `${method} ${path}`).join(", ");
    return noRoute(404, `path: nothing at ${request.path}; there is ${known}`);
  }
  const allow = samePath.map(({ method }) => method).join(", ");
  return noRoute(405, `method: ${request.method} is not allowed at ${request.path}; use ${allow}`, { allow });
}

function noRoute<R>(status: number, error: string, headers: { readonly [name: string]: string } = {}): Routed<R> {
  return { kind: "no-route", answer: { status, body: { error }, headers } };
}
