import { InvalidArgumentError } from "commander";

/** Events per second, written `2500/s`, `2500`, or `150000/min`. */
export function parseRate(text: string): number {
  const match = /^([0-9]+(?:\.[0-9]+)?)(?:\/(s|sec|min))?$/.exec(text.trim());
  const rate = Number(match?.[1]) / (match?.[2] === "min" ? 60 : 1);
  if (!Number.isFinite(rate) || rate <= 0) throw new InvalidArgumentError("It must look like 2500/s or 150000/min.");
  return rate;
}

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 };

/** Milliseconds, from `90s`, `5m`, `500ms`, or plain seconds. */
export function parseDurationMs(text: string): number {
  const match = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m|min|h)?$/.exec(text.trim());
  const durationMs = Number(match?.[1]) * (UNITS_MS[match?.[2] ?? "s"] ?? Number.NaN);
  if (!Number.isFinite(durationMs) || durationMs <= 0)
    throw new InvalidArgumentError("It must look like 90s, 5m or 500ms.");
  return Math.round(durationMs);
}

/** A whole number above 0. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError("It must be a whole number above 0.");
  return count;
}

/** US dollars. */
export function parseUsd(text: string): number {
  const usd = Number(text.replace(/^\$/, ""));
  if (!Number.isFinite(usd) || usd <= 0) throw new InvalidArgumentError("It must be a sum of dollars, such as 2.50.");
  return usd;
}

/** `HOST=URL` of a repeatable option, added to those before it. */
export function collectConnectTo(
  value: string,
  previous: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const at = value.indexOf("=");
  const host = value.slice(0, at);
  const url = value.slice(at + 1);
  if (at < 1 || !URL.canParse(url) || !/^https?:/.test(url))
    throw new InvalidArgumentError("It must look like my-alb.elb.amazonaws.com=http://127.0.0.1:8080.");
  return { ...previous, [host]: url };
}

/** A time in seconds. */
export function parseSeconds(value: string): number {
  const seconds = Number(value);
  if (!Number.isFinite(seconds) || seconds <= 0)
    throw new InvalidArgumentError("It must be a number of seconds above 0.");
  return seconds;
}

/** A TCP port; 0 takes a free one. */
export function parsePort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("It must be a port from 0 to 65535.");
  return port;
}
