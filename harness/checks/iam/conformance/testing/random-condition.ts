import fc from "fast-check";
import type { StatementJson } from "../../../testing/policy-of.ts";
import type { RequestContext } from "../../request.ts";

/** What a request may carry under a key, and what a policy may compare it with. */
interface Key {
  readonly name: string;
  readonly operators: readonly string[];
  readonly values: readonly string[];
  readonly wanted: readonly string[];
}

const variable = (name: string) => `\${${name}}`;
const both = (type: string, ...names: readonly string[]) =>
  names.flatMap((name) => [`${type}${name}`, `${type}Not${name}`]);
const ORDERS = ["LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];
const ordered = (type: string) => [...both(type, "Equals"), ...ORDERS.map((order) => type + order)];

const KEYS: readonly Key[] = [
  {
    name: "x:text",
    operators: both("String", "Equals", "EqualsIgnoreCase", "Like"),
    values: ["a", "A", "ab", "a*", ""],
    wanted: ["a", "ab", "a*", "?", "*", "", variable("x:team"), variable("x:team, 'a'"), `a${variable("*")}`],
  },
  {
    name: "x:number",
    operators: ordered("Numeric"),
    values: ["9", "10", "10.0", "1e1", " 10", "", "ten"],
    wanted: ["10", "10.0", "-1", "1e1", " 9", "", "many", variable("x:number")],
  },
  {
    name: "x:date",
    operators: ordered("Date"),
    values: ["2026-01-01T00:00:00Z", "1767225600", "2026-01-01", "2026-01-01T01:00:00+01:00", "2026", "soon"],
    wanted: ["2026-01-01T00:00:00Z", "1767225600", "2026-01", "2026", "2026-01-01T00:00:00", "1 Jan 2026", ""],
  },
  {
    name: "x:address",
    operators: ["IpAddress", "NotIpAddress"],
    values: ["203.0.113.9", "203.0.113.129", "2001:db8::1", "::ffff:203.0.113.9", "somewhere"],
    wanted: ["203.0.113.0/24", "203.0.113.9", "0.0.0.0/0", "203.0.113.128/25", "2001:db8::/32", "203.0.113.9/", "::/0"],
  },
  {
    name: "x:arn",
    operators: both("Arn", "Equals", "Like"),
    values: ["arn:aws:s3:::photos", "arn:aws:sns:eu-west-1:111122223333:t:s", "arn:aws:s3", "photos"],
    wanted: [
      "arn:aws:s3:::photos",
      "arn:aws:s3:::p*",
      "arn:aws:s3:*:photos",
      "arn:aws:sns:*:*:t",
      "arn:aws:sns:*:*:t:*",
      "arn:aws:*",
      "*",
      "photos",
      `arn:aws:s3:::${variable("x:team")}`,
    ],
  },
  { name: "x:flag", operators: ["Bool"], values: ["true", "false", "True"], wanted: ["true", "false"] },
  { name: "x:bytes", operators: ["BinaryEquals"], values: ["QQ==", "Qg=="], wanted: ["QQ==", "Qg=="] },
  { name: "x:team", operators: ["StringEquals", "StringNotEquals"], values: ["a", "photos", "*"], wanted: ["a", "b"] },
];

type Conditions = NonNullable<StatementJson["Condition"]>;
type ConditionLine = { readonly operator: string; readonly key: string; readonly values: readonly string[] };

const rarely = fc.constantFrom(false, false, false, true);

const comparison: fc.Arbitrary<ConditionLine> = fc.constantFrom(...KEYS).chain(({ name, operators, wanted }) =>
  fc
    .record({
      operator: fc.constantFrom(...operators),
      over: fc.constantFrom("", "", "ForAnyValue:", "ForAllValues:"),
      ifExists: rarely,
      upperCase: rarely,
      values: fc.array(fc.constantFrom(...wanted), { minLength: 1, maxLength: 2 }),
    })
    .map(({ operator, over, ifExists, upperCase, values }) => ({
      operator: `${over}${operator}${ifExists ? "IfExists" : ""}`,
      key: upperCase ? name.toUpperCase() : name,
      values,
    })),
);
const isNull: fc.Arbitrary<ConditionLine> = fc
  .tuple(fc.constantFrom(...KEYS), fc.boolean())
  .map(([{ name }, wanted]) => ({ operator: "Null", key: name, values: [String(wanted)] }));
/** A key of the caller's, by which a policy may mean one role among everyone. */
const byRole: fc.Arbitrary<ConditionLine> = fc
  .constantFrom("arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:role/none")
  .map((value) => ({ operator: "ArnLike", key: "aws:PrincipalArn", values: [value] }));

const line = fc.oneof(
  { weight: 8, arbitrary: comparison },
  { weight: 1, arbitrary: isNull },
  { weight: 2, arbitrary: byRole },
);

/** At least one. */
export const randomConditions: fc.Arbitrary<Conditions> = fc
  .array(line, { minLength: 1, maxLength: 2 })
  .map((lines) => Object.fromEntries(lines.map(({ operator, key, values }) => [operator, { [key]: values }])));

/** What a request carries: what both evaluators know, and what only the request has. */
interface RandomContext {
  readonly known: RequestContext;
  readonly hidden: RequestContext;
}

const carried = ({ values }: Key): fc.Arbitrary<string | readonly string[] | null> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...values) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...values), { maxLength: 3 }) },
    { weight: 2, arbitrary: fc.constant(null) },
  );

export const randomContext: fc.Arbitrary<RandomContext> = fc
  .tuple(...KEYS.map((key) => fc.tuple(carried(key), fc.integer({ min: 0, max: 15 }))))
  .map((all) => {
    const entries = all.map(([value, chance], index) => ({
      name: KEYS[index]?.name ?? "",
      value,
      isHidden: chance === 0,
    }));
    const those = (isHidden: boolean) =>
      Object.fromEntries(entries.filter((each) => each.isHidden === isHidden).map(({ name, value }) => [name, value]));
    return { known: those(false), hidden: those(true) };
  });
