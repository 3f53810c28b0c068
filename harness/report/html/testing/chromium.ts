import { existsSync } from "node:fs";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
] as const;

export type Found =
  | { readonly kind: "found"; readonly path: string }
  | { readonly kind: "absent"; readonly reason: string };

/** A Chromium to open pages in: the one that `STACKPROOF_CHROMIUM` names, or one in a usual place. */
export function findChromium(env: NodeJS.ProcessEnv): Found {
  const named = env["STACKPROOF_CHROMIUM"];
  if (named !== undefined) {
    if (existsSync(named)) return { kind: "found", path: named };
    return { kind: "absent", reason: `STACKPROOF_CHROMIUM names ${named}, which is not there` };
  }
  const path = USUAL_PLACES.find((place) => existsSync(place));
  if (path !== undefined) return { kind: "found", path };
  return { kind: "absent", reason: "no Chromium in the usual places; name one with STACKPROOF_CHROMIUM" };
}
