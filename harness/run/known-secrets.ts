import type { Clients } from "../deployment/clients.ts";
import { createRedactor, type Redactor } from "../journal/redact.ts";
import type { Scenario } from "../model/scenario.ts";
import { isSecretName, type Secret } from "../model/secret.ts";

/**
 * Everything that this process knows to be secret: it grows while the command line finds out what it works with, and nothing that it
 * holds is printed or written from then on.
 */
let secrets: readonly Secret[] = [];
let redactor = createRedactor(secrets);

/** Whatever the process writes goes through it: the journal, and what is printed beside the reports, which are made from the journal. */
export const knownSecrets: Redactor = {
  text: (text) => redactor.text(text),
  fact: (fact) => redactor.fact(fact),
};

export function learnSecrets(more: readonly Secret[]): void {
  const known = new Set(secrets.map(({ value }) => value));
  const unknown = more.filter(({ value }) => !known.has(value));
  if (unknown.length === 0) return;
  secrets = [...secrets, ...unknown];
  redactor = createRedactor(secrets);
}

/** Values of variables whose names say that they are secret: AWS' own, and those of the CI that this runs in. */
export function secretsOf(env: NodeJS.ProcessEnv): Secret[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && isSecretName(name) ? [{ value, what: "secret of the environment" }] : [],
  );
}

/** User and password within URLs: an endpoint may repeat them anywhere. */
export function secretsOfUrls(urls: readonly (string | undefined)[]): Secret[] {
  return urls.flatMap((text) => {
    const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || url.username === "") return [];
    const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    const secrets = password === "" ? [user] : [`${user}:${password}`, password];
    return secrets.map((value) => ({ value, what: "URL credentials" }));
  });
}

/** Those of what a run sends to. */
export function secretsOfEntries(
  scenarios: readonly Scenario[],
  connectTo: Readonly<Record<string, string>>,
): Secret[] {
  const entries = scenarios.map(({ entry }) => (entry.kind === "http" ? entry.url : undefined));
  return secretsOfUrls([...entries, ...Object.values(connectTo)]);
}

/** The credentials in use, wherever the SDK found them. Without any there is nothing to keep. */
export async function learnCredentials(clients: Pick<Clients, "sts">): Promise<void> {
  try {
    const { secretAccessKey, sessionToken = "" } = await (await clients.sts()).config.credentials();
    learnSecrets([secretAccessKey, sessionToken].map((value) => ({ value, what: "AWS credential" })));
  } catch {
    // Whoever needs them says so.
  }
}
