import { bitsOf } from "../iam/ip-address.ts";

export type AddressFamily = "IPv4" | "IPv6";

/** Whether these ranges (`0.0.0.0/0`, or `0.0.0.0/1` and `128.0.0.0/1`, …) together hold every address of a family. */
export function holdsEveryAddress(ranges: readonly string[], family: AddressFamily): boolean {
  const prefixes = ranges.filter((range) => familyOf(range) === family).flatMap((range) => prefixOf(range) ?? []);
  return holdsAllBelow("", prefixes);
}

/** Whether every address of a range is in one of the others. */
export function isWithin(range: string, others: readonly string[]): boolean {
  const prefix = prefixOf(range);
  if (prefix === undefined) return false;
  const prefixes = others
    .filter((other) => familyOf(other) === familyOf(range))
    .flatMap((other) => prefixOf(other) ?? []);
  return holdsAllBelow(prefix, prefixes);
}

/** The addresses that begin with these bits are held whole by one prefix, or half by half by several. */
function holdsAllBelow(bits: string, prefixes: readonly string[]): boolean {
  if (prefixes.some((prefix) => bits.startsWith(prefix))) return true;
  const longer = prefixes.filter((prefix) => prefix.startsWith(bits));
  return longer.length > 1 && holdsAllBelow(`${bits}0`, longer) && holdsAllBelow(`${bits}1`, longer);
}

function familyOf(range: string): AddressFamily {
  return range.includes(":") ? "IPv6" : "IPv4";
}

/** The bits that all addresses of a range begin with. */
function prefixOf(range: string): string | undefined {
  const [address = "", length] = range.split("/");
  const bits = bitsOf(address);
  if (bits === undefined) return undefined;
  if (length === undefined) return bits;
  return /^\d{1,3}$/.test(length) && Number(length) <= bits.length ? bits.slice(0, Number(length)) : undefined;
}
