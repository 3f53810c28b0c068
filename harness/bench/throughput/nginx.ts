import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isInstalled } from "../installed.ts";

export interface Nginx {
  readonly url: string;
  close(): Promise<void>;
}

/** An nginx of our own on loopback, with a folder, a port and a process of its own, that answers 202 to everything. */
export async function startNginx(): Promise<Nginx> {
  if (!isInstalled("nginx", "nginx-light")) {
    throw new Error(
      "this bench measures against nginx: install it (Debian: apt-get install nginx-light) and run it again",
    );
  }
  const folder = mkdtempSync(join(tmpdir(), "bench-nginx-"));
  const port = await freePort();
  const file = join(folder, "nginx.conf");
  writeFileSync(file, configuration(folder, port));
  const child = spawn("nginx", ["-p", folder, "-c", file, "-e", join(folder, "error.log")], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}/events`;
  await waitForAnswer(url, child);
  return {
    url,
    close: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, port: number): string {
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  return `
    daemon off;
    worker_processes 1;
    pid ${join(folder, "nginx.pid")};
    events { worker_connections 4096; }
    http {
      access_log off;
      keepalive_requests 100000000;
      keepalive_timeout 60s;
      ${paths.join("\n      ")}
      server {
        listen 127.0.0.1:${port} backlog=4096;
        location / { default_type application/json; return 202 '{"accepted":1}'; }
      }
    }
  `;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no free port"));
        else resolve(address.port);
      });
    });
  });
}

async function waitForAnswer(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 100 && child.exitCode === null; attempt += 1) {
    const answer = await fetch(url, { method: "POST", body: "{}" }).catch(() => undefined);
    if (answer?.status === 202) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  throw new Error(`nginx did not answer on ${url}`);
}
