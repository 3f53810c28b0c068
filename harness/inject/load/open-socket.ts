import { lookup } from "node:dns";
import { connect as connectTcp, isIP, type LookupFunction } from "node:net";
import { checkServerIdentity, connect as connectTls } from "node:tls";
import type { OpenSocket } from "./connection.ts";

/** Where connections go. Plain data: it is handed to the threads. */
export interface Peer {
  readonly protocol: "http:" | "https:";
  readonly host: string;
  readonly port: number;
  /** Name that the certificate must have; the entry's own, wherever the connection goes. */
  readonly serverName: string;
  /** Certificates to trust in PEM, instead of those that Node trusts. */
  readonly ca: string | undefined;
}

/** Enough for any answer of an API; a longer one takes several reads. */
const READ_BYTES = 8192;

/** How long an address list is used for new connections: short, because load balancers change theirs as they grow. */
const ADDRESSES_MS = 5_000;

/** Opens sockets to a peer. Addresses are looked up every few seconds and taken in turn, so that every node gets connections. */
export function createOpenSocket(peer: Peer): OpenSocket {
  const addresses = lookupInTurn();
  let session: Buffer | undefined;
  return (onRead) => {
    const options = {
      host: peer.host,
      port: peer.port,
      lookup: addresses,
      noDelay: true,
      onread: { buffer: Buffer.allocUnsafeSlow(READ_BYTES), callback: onRead },
    };
    if (peer.protocol === "http:") return connectTcp(options);
    const socket = connectTls({
      ...options,
      ...(isIP(peer.serverName) === 0 ? { servername: peer.serverName } : {}),
      ...(peer.ca === undefined ? {} : { ca: peer.ca }),
      ...(session === undefined ? {} : { session }),
      ALPNProtocols: ["http/1.1"],
      checkServerIdentity: (_, certificate) => checkServerIdentity(peer.serverName, certificate),
    });
    socket.on("session", (ticket) => {
      session = ticket;
    });
    return socket;
  };
}

/** A lookup for sockets that asks the resolver once for many connections and rotates what it said. */
function lookupInTurn(): LookupFunction {
  let known: { readonly atMs: number; readonly addresses: Promise<Address[]> } | undefined;
  let turn = 0;
  return (host, options, callback) => {
    const nowMs = performance.now();
    if (known === undefined || nowMs - known.atMs > ADDRESSES_MS) known = { atMs: nowMs, addresses: resolve(host) };
    const asked = known;
    asked.addresses.then(
      (addresses) => {
        const start = turn++ % addresses.length;
        const rotated = [...addresses.slice(start), ...addresses.slice(0, start)];
        const [first] = rotated;
        if (options.all === true || first === undefined) callback(null, rotated);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => {
        if (known === asked) known = undefined;
        callback(error, []);
      },
    );
  };
}

interface Address {
  readonly address: string;
  readonly family: number;
}

function resolve(host: string): Promise<Address[]> {
  return new Promise((done, fail) => {
    lookup(host, { all: true }, (error, addresses) => (error === null ? done(addresses) : fail(error)));
  });
}
