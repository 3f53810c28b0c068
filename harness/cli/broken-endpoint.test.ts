import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readJournal } from "../journal/reader.ts";
import { reportSchema } from "../model/report.ts";
import { SNAPSHOT, stackproof, temporaryFolder } from "../testing/stackproof.ts";

/** An endpoint that does the same to every request, for as long as `work` takes. */
async function withEndpoint<T>(answer: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>();
  const server = createServer(answer).listen(0, "127.0.0.1");
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  try {
    return await work(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

/** The hosts of the entries, as the deployment's outputs name them. */
function entryHosts(): string[] {
  const output = z.object({ value: z.string() });
  const outputs = z.object({ values: z.object({ outputs: z.object({ alb_url: output, api_url: output }) }) });
  const { alb_url, api_url } = outputs.parse(JSON.parse(readFileSync(SNAPSHOT, "utf8"))).values.outputs;
  return [alb_url, api_url].map(({ value }) => new URL(value).host);
}

const ENDPOINTS: readonly (readonly [string, RequestListener])[] = [
  ["answers rubbish", (_, response) => response.end("<html>Welcome to the proxy</html>")],
  ["answers 500", (_, response) => response.writeHead(500).end("{}")],
  [
    "throttles",
    (_, response) =>
      response.writeHead(400, { "x-amzn-errortype": "ThrottlingException" }).end('{"__type":"ThrottlingException"}'),
  ],
  ["closes connections", (request) => request.socket.destroy()],
  ["hangs", () => {}],
];

describe.concurrent("a run against an endpoint that", () => {
  it.each(ENDPOINTS)(
    "%s ends within its deadline in unknown, and keeps what it saw",
    async (_, answer) => {
      const folder = temporaryFolder();
      const out = join(folder.path, "reports");
      const { exitCode, stdout } = await withEndpoint(answer, (url) =>
        stackproof(
          [
            ...["verify", "--deployment", SNAPSHOT, "--wait", "2", "--json", "--out", out],
            ...entryHosts().flatMap((host) => ["--connect-to", `${host}=${url}`]),
          ],
          {
            env: {
              PATH: process.env["PATH"],
              HOME: folder.path,
              AWS_ENDPOINT_URL: url,
              AWS_ACCESS_KEY_ID: "test",
              AWS_SECRET_ACCESS_KEY: "test",
            },
          },
        ),
      );
      const facts = readJournal(join(out, "latest", "journal.ndjson"));
      folder.remove();
      const report = reportSchema.parse(JSON.parse(stdout));
      expect(report.findings.filter(({ verdict }) => verdict === "fail")).toEqual([]);
      expect(report.verdict).toBe("unknown");
      expect(exitCode).toBe(2);
      expect(facts.at(-1)?.fact).toBe("run-ended");
      expect(facts.filter(({ fact }) => fact === "sent")).toHaveLength(22);
      expect(facts.filter(({ fact }) => fact === "answered")).toHaveLength(22);
    },
    120_000,
  );
});
