import { describe, expect, it } from "vitest";
import { parseTemplate, resolve } from "./policy-variables.ts";
import { RequestContext } from "./request-context.ts";
import { fits } from "./wildcard.ts";

const context = new RequestContext({ "aws:username": "ann", "aws:SourceAccount": "1", many: ["a", "b"], star: "*" });

function filled(text: string, version: "2012-10-17" | "2008-10-17" = "2012-10-17"): string | undefined {
  return resolve(parseTemplate(text, version), context)?.text;
}

describe("a policy variable", () => {
  it.each([
    [`home/\${aws:username}/x`, "home/ann/x"],
    [`\${AWS:UserName}`, "ann"],
    [`\${aws:SourceAccount}-\${aws:username}`, "1-ann"],
    [`\${aws:PrincipalTag/team, 'none'}`, "none"],
    [`\${aws:username, 'nobody'}`, "ann"],
    [`\${aws:PrincipalTag/team, ''}`, ""],
    [`a\${*}b\${?}c\${$}d`, "a*b?c$d"],
    ["plain", "plain"],
    ["", ""],
    [`\${aws:username`, `\${aws:username`],
  ])("fills %s in as %s", (text, expected) => {
    expect(filled(text)).toBe(expected);
  });

  it("has no value where the request has none, or several", () => {
    expect(filled(`\${aws:PrincipalTag/team}`)).toBeUndefined();
    expect(filled(`\${many}`)).toBeUndefined();
  });

  it("is plain text to a policy of 2008", () => {
    expect(filled(`\${aws:username}`, "2008-10-17")).toBe(`\${aws:username}`);
  });

  it("brings no wildcards with it", () => {
    const pattern = resolve(parseTemplate(`\${star}`, "2012-10-17"), context)?.pattern ?? [];
    expect(fits(pattern, "*")).toBe(true);
    expect(fits(pattern, "anything")).toBe(false);
  });
});
