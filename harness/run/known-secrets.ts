import type { Clients } from "../deployment/clients.ts";
import { createRedactor, type Redactor } from "../journal/redact.ts";
import type { Scenario } from "../model/scenario.ts";
import { isSecretName, type Secret } from "../model/secret.ts";

/** Every secret that this process knows. The list grows as the run learns more; from then on none of it is printed or written. */
let secrets: readonly Secret[] = [];
let redactor = createRedactor(secrets);

/** Everything that the process writes goes through it: the journal, from which reports are made, and what else is printed. */
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

/** Secrets in the URLs that a run sends to. */
export function secretsOfEntries(
  scenarios: readonly Scenario[],
  connectTo: Readonly<Record<string, string>>,
): Secret[] {
  const entries = scenarios.map(({ entry }) => (entry.kind === "http" ? entry.url : undefined));
  return secretsOfUrls([...entries, ...Object.values(connectTo)]);
}

/** The credentials in use, wherever the SDK found them. Without any there is nothing to hide. */
export async function learnCredentials(clients: Pick<Clients, "sts">): Promise<void> {
  try {
    const { secretAccessKey, sessionToken = "" } = await (await clients.sts()).config.credentials();
    learnSecrets([secretAccessKey, sessionToken].map((value) => ({ value, what: "AWS credential" })));
  } catch {
    // A call that needs them reports that they are missing.
  }
}
