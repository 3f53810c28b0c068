import { createServer, type IncomingMessage, type RequestListener } from "node:http";

/** An HTTP server on this machine that answers as a test says and keeps what it was sent. */
export interface Loopback {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly ReceivedRequest[];
  /** Resolves when the first request has been read. */
  readonly firstRequest: Promise<void>;
  close(): Promise<void>;
}

interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly body: string;
}

export async function startLoopback(respond: RequestListener): Promise<Loopback> {
  const requests: ReceivedRequest[] = [];
  let announceFirst = () => {};
  const firstRequest = new Promise<void>((resolve) => {
    announceFirst = resolve;
  });
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    const { method = "", url = "", headers } = request;
    requests.push({ method, path: url, host: headers.host ?? "", body });
    announceFirst();
    respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the test server has no port");
  const { port } = address;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    firstRequest,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
