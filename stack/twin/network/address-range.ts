import { BlockList, isIPv4 } from "node:net";

/** An address of the internet that nobody has (TEST-NET-3, RFC 5737): clients on loopback stand for clients out there. */
export const INTERNET_CLIENT_IP = "203.0.113.10";

/** Whether an IPv4 address lies in a CIDR block; false where either is none. */
export function isInRange(address: string, cidr: string): boolean {
  const [network = "", length = ""] = cidr.split("/");
  if (!isIPv4(network) || !isIPv4(address) || !/^\d{1,2}$/.test(length) || Number(length) > 32) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(length), "ipv4");
  return list.check(address, "ipv4");
}
