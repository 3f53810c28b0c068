import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const INSTALL_MS = 180_000;

/**
 * Whether a command of a Debian package is there, after trying to install it where we may: as root, with apt-get, and where no
 * systemd runs that would start the package's service.
 */
export function isInstalled(command: string, debianPackage: string): boolean {
  if (answers(command)) return true;
  if (process.getuid?.() !== 0 || existsSync("/run/systemd/system")) return false;
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
