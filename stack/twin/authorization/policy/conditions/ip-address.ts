import { BlockList, isIP } from "node:net";

/** Whether an address lies in a CIDR range (or is the one address), IPv4 and IPv6. What is neither matches nothing. */
export function addressIsIn(range: string, address: string): boolean {
  const [network = "", prefixText] = range.split("/");
  const version = isIP(network);
  if (version === 0 || isIP(address) !== version || network.includes("%") || address.includes("%")) return false;
  const bits = version === 4 ? 32 : 128;
  if (prefixText !== undefined && !/^\d{1,3}$/.test(prefixText)) return false;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  if (prefix > bits) return false;
  const family = version === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return list.check(address, family);
}
