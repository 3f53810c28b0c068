import type { Certificate } from "./tls-listener.ts";

/** A self-signed certificate for these host names and for loopback, with a P-256 key: an RSA key would take seconds. */
export async function selfSigned(hostNames: readonly string[]): Promise<Certificate> {
  const { default: selfsigned } = await import("selfsigned");
  const [commonName = "localhost"] = hostNames;
  const { private: key, cert } = await selfsigned.generate([{ name: "commonName", value: commonName.slice(0, 64) }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    extensions: [
      {
        name: "subjectAltName",
        altNames: [
          ...hostNames.map((value) => ({ type: 2 as const, value })),
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { key, cert };
}
