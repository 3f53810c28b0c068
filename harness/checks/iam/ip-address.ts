/** Whether an address lies in a range (`10.0.0.0/8`, `2001:db8::/32`) or is the address given. Neither readable: no. */
export function isInRange(address: string, range: string): boolean {
  const [base = "", length] = range.split("/");
  const one = bitsOf(address);
  const other = bitsOf(base);
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  const prefix = length === undefined ? one.length : Number(length);
  return Number.isInteger(prefix) && prefix <= one.length && one.slice(0, prefix) === other.slice(0, prefix);
}

/** The bits of an address as `0` and `1`; undefined where it is none. */
export function bitsOf(address: string): string | undefined {
  return address.includes(":") ? bitsOfV6(address) : bitsOfV4(address);
}

function bitsOfV4(address: string): string | undefined {
  const parts = address.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.map((part) => Number(part).toString(2).padStart(8, "0")).join("");
}

function bitsOfV6(address: string): string | undefined {
  const [head = "", tail, ...more] = address.split("::");
  if (more.length > 0) return undefined;
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = 8 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...first, ...Array.from({ length: missing }, () => "0"), ...last];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0")).join("");
}
