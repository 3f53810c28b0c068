import { isIP } from "node:net";

export type AddressFamily = "IPv4" | "IPv6";

/** Whether these ranges (`0.0.0.0/0`, or `0.0.0.0/1` and `128.0.0.0/1`, …) together hold every address of a family. */
export function holdsEveryAddress(ranges: readonly string[], family: AddressFamily): boolean {
  const prefixes = ranges.filter((range) => familyOf(range) === family).flatMap((range) => prefixOf(range) ?? []);
  return holdsAllBelow("", prefixes);
}

/** Whether every address of a range (or the one address) is in one of the others. What is neither is in none. */
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

/** The bits of an address as `0` and `1`; undefined where it is none. */
function bitsOf(address: string): string | undefined {
  switch (isIP(address)) {
    case 4:
      return joined(address.split(".").map(Number), 8);
    case 6:
      return address.includes("%") ? undefined : bitsOfV6(address);
    default:
      return undefined;
  }
}

function bitsOfV6(address: string): string {
  // A URL spells every address in one way: hexadecimal groups, and `::` once at the most.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (text = "") => text.split(":").flatMap((group) => (group === "" ? [] : [Number.parseInt(group, 16)]));
  const [first, last] = [groups(head), groups(tail)];
  return joined([...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last], 16);
}

function joined(numbers: readonly number[], width: number): string {
  return numbers.map((number) => number.toString(2).padStart(width, "0")).join("");
}
