import { spawnSync } from "node:child_process";

const INSTALL_MS = 180_000;

/**
 * Whether a command of a Debian package is there, after trying to install it where we may: as root, on a system with apt-get.
 * `--no-install-recommends`, and nothing is started as a service.
 */
export function isInstalled(command: string, debianPackage: string): boolean {
  if (answers(command)) return true;
  if (process.getuid?.() !== 0) return false;
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", debianPackage], {
    stdio: "ignore",
    timeout: INSTALL_MS,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
  });
  return answers(command);
}

function answers(command: string): boolean {
  // `-v` prints the version of nginx and of wrk; whether it ends with 0 does not matter.
  return spawnSync(command, ["-v"], { stdio: "ignore", timeout: 5_000 }).error === undefined;
}
