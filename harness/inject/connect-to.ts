import { CannotRun } from "../model/errors.ts";

/** Where connections for a host really go, as curl's `--connect-to`: keys are `host` or `scheme://host`, values are URLs. */
export type ConnectTo = Readonly<Record<string, string>>;

/**
 * The origin to connect to for a URL: its own, or the one that the map names for it. The host name of the request (Host header,
 * TLS server name) stays the URL's own either way. `scheme://host` goes before `host`.
 *
 * @throws CannotRun `connect-to.not-a-url` where the map's value is no http or https URL.
 */
export function connectOrigin(url: URL, connectTo: ConnectTo): string {
  const key = [`${url.protocol}//${url.host}`, `${url.protocol}//${url.hostname}`, url.host, url.hostname].find(
    (name) => Object.hasOwn(connectTo, name),
  );
  const target = key === undefined ? undefined : connectTo[key];
  if (key === undefined || target === undefined) return url.origin;
  const origin = URL.canParse(target) ? new URL(target) : undefined;
  if (origin?.protocol === "http:" || origin?.protocol === "https:") return origin.origin;
  throw new CannotRun({
    code: "connect-to.not-a-url",
    message: `"${target}" is no http or https URL, so no connection for ${key} can be made`,
    place: `--connect-to ${key}=${target}`,
    remedy: "Write it as HOST=URL, for example my-alb.example.com=http://127.0.0.1:8080.",
  });
}
