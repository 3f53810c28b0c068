import { BlockList, isIPv4 } from "node:net";

/** Whether an IPv4 address lies in a CIDR block; false where either is none. */
export function isInRange(address: string, cidr: string): boolean {
  const [network = "", length = ""] = cidr.split("/");
  if (!isIPv4(network) || !isIPv4(address) || !/^\d{1,2}$/.test(length) || Number(length) > 32) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(length), "ipv4");
  return list.check(address, "ipv4");
}
