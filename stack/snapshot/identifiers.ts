import { createHash } from "node:crypto";
import { type Resource, resourcesOf, type State, stateSchema } from "./terraform-json.ts";

/**
 * A control plane draws new identifiers at each apply, and a snapshot full of new identifiers cannot be compared with the
 * last. So each one is renamed, everywhere it occurs, after the resource and attribute that bring it: same address, same
 * identifier, in every snapshot. What is renamed keeps its shape (vpc-<17 hex>, UUID, ten letters and digits of an API).
 */
export function stableIdentifiers(state: State): State {
  const names = new Map<string, string>();
  const resources = [...resourcesOf(state.values.root_module)].filter(({ mode }) => mode === "managed");
  // What owns an identifier names it, not who mentions it first: a set mentions them in an order of their own.
  for (const [token, seed] of [...resources.flatMap(owned), ...resources.flatMap(mentioned)]) {
    if (!names.has(token)) names.set(token, renamed(token, seed));
  }
  const pattern = new RegExp([...names.keys()].sort(longestFirst).map(escapeRegExp).join("|") || "(?!)", "g");
  const text = JSON.stringify(state)
    .replace(pattern, (token) => names.get(token) ?? token)
    .replace(TIMESTAMP, stoppedClock);
  const stable = stateSchema.parse(JSON.parse(text));
  const marks = new Set(names.values());
  for (const resource of resourcesOf(stable.values.root_module)) resource.values = sortSets(resource.values, marks);
  return stable;
}

const longestFirst = (a: string, b: string): number => b.length - a.length || (a < b ? -1 : 1);
const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What is drawn whatever attribute holds it: identifiers of EC2, UUIDs, the last part of a load balancer's ARN. */
const DRAWN_ANYWHERE = [
  /\b(?:acl|eipalloc|eipassoc|eni|fl|i|igw|nat|rtb|rtbassoc|sg|sgr|subnet|vol|vpc)-[0-9a-f]{17}(?![0-9a-f])/g,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
  /(?<=\/)[0-9a-f]{16}\b/g,
  /(?<=scalable-target\/)[0-9a-z]+/g,
  /(?<=-)20\d{16}[0-9a-f]{8}\b/g, // Terraform's own: the time and a counter
];

/** Attributes whose whole value is drawn at random, or computed from something that is. */
const DRAWN_ATTRIBUTES: Record<string, readonly string[]> = {
  aws_api_gateway_deployment: ["id"],
  aws_api_gateway_resource: ["id"],
  aws_api_gateway_rest_api: ["id", "root_resource_id"],
  aws_eip: ["public_ip", "private_ip"],
  aws_iam_instance_profile: ["unique_id"],
  aws_iam_role: ["unique_id"],
  aws_instance: ["public_ip", "user_data"],
  aws_nat_gateway: ["public_ip", "private_ip"],
};

type Drawn = readonly [token: string, seed: string];

/** Identifiers that are a resource's own: its id, and the attributes listed above. */
function owned(resource: Resource): Drawn[] {
  const whole = (DRAWN_ATTRIBUTES[resource.type] ?? []).flatMap((attribute): Drawn[] => {
    const token = resource.values[attribute];
    if (typeof token !== "string" || token === "") return [];
    const seed = `${resource.address}.${attribute}`;
    // An address is also part of a host name, with hyphens.
    return token.includes(".")
      ? [
          [token, seed],
          [token.replaceAll(".", "-"), seed],
        ]
      : [[token, seed]];
  });
  return [...whole, ...drawnIn(resource, "id")];
}

const mentioned = (resource: Resource): Drawn[] =>
  Object.keys(resource.values)
    .sort()
    .flatMap((attribute) => drawnIn(resource, attribute));

function drawnIn(resource: Resource, attribute: string): Drawn[] {
  const text = JSON.stringify(resource.values[attribute]) ?? "";
  const tokens = new Set(DRAWN_ANYWHERE.flatMap((pattern) => text.match(pattern) ?? []));
  return [...tokens].map((token, index) => [token, `${resource.address}.${attribute}.${index}`]);
}

/** Another token of the same shape, which depends on `seed` and the shape alone. */
function renamed(token: string, seed: string): string {
  const digest = createHash("sha256").update(seed).digest();
  const byte = (index: number): number => digest[index % digest.length] ?? 0;
  if (/^\d+[.-]\d+[.-]\d+[.-]\d+$/.test(token)) return renamedAddress(token, byte);
  const start = /^[a-z]+-(?=[0-9a-f]{17}$)|^A[A-Z]{3}(?=[A-Z0-9]+$)/.exec(token)?.[0] ?? "";
  const rest = token.slice(start.length);
  const alphabet = alphabetOf(rest);
  return start + [...rest].map((letter, index) => (letter === "-" ? "-" : pick(alphabet, byte(index)))).join("");
}

/** Private addresses stay in 10/8; public ones come from a block for documentation (RFC 5737). */
function renamedAddress(token: string, byte: (index: number) => number): string {
  const separator = token.includes(".") ? "." : "-";
  const network = token.startsWith("10") ? [10, byte(1), byte(2)] : [203, 0, 113];
  return [...network, 16 + (byte(0) % 224)].join(separator);
}

function alphabetOf(text: string): string {
  if (/^[0-9a-f-]+$/.test(text)) return "0123456789abcdef";
  return /^[0-9A-Z]+$/.test(text) ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" : "abcdefghijklmnopqrstuvwxyz0123456789";
}

const pick = (alphabet: string, byte: number): string => alphabet[byte % alphabet.length] ?? "0";

const TIMESTAMP = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?/g;
const stoppedClock = (_match: string, fraction: string | undefined): string =>
  `2025-01-01T00:00:00${fraction?.replace(/\d/g, "0") ?? ""}`;

/**
 * Terraform writes a set in the order of its values, which was the order of the old identifiers. A list whose every element
 * carries an identifier is such a set in a resource's attributes (subnets, security groups), and is put in order again.
 */
function sortSets<Value>(value: Value, marks: ReadonlySet<string>): Value;
function sortSets(value: unknown, marks: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) {
    const elements = value.map((element: unknown) => ({
      sorted: sortSets(element, marks),
      text: JSON.stringify(element) ?? "",
    }));
    const isSet = elements.every(({ text }) => [...marks].some((mark) => text.includes(mark)));
    if (isSet) elements.sort((a, b) => (a.text < b.text ? -1 : 1));
    return elements.map(({ sorted }) => sorted);
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sortSets(inner, marks)]));
}
