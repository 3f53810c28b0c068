import { createHash } from "node:crypto";
import type { Identities, Principal } from "../model/ports.ts";

/**
 * Access keys for whoever calls the twin: made on first demand, one per principal, and the same on every boot (they
 * open nothing but this process). Their shape is AWS': 20 letters and digits, 40 characters.
 */
export function createIdentities(): Identities {
  const principals = new Map<string, Principal>();
  return {
    credentialsOf(principal) {
      const digest = createHash("sha512").update(JSON.stringify(principal)).digest();
      const prefix = principal.kind === "user" ? "AKIA" : "ASIA";
      const accessKeyId = prefix + base32(digest, 16);
      principals.set(accessKeyId, principal);
      return { accessKeyId, secretAccessKey: digest.subarray(32, 62).toString("base64url") };
    },
    principalOf: (accessKeyId) => principals.get(accessKeyId),
  };
}

/** The person at the command line: an administrator of the state's account. */
export function administrator(partition: string, accountId: string): Extract<Principal, { kind: "user" }> {
  return { kind: "user", arn: `arn:${partition}:iam::${accountId}:user/stackproof` };
}

function base32(bytes: Buffer, length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let text = "";
  for (const byte of bytes.subarray(0, length)) text += alphabet.charAt(byte & 31);
  return text;
}
