import { describe, expect, it } from "vitest";
import type { StatementJson } from "../../../testing/policy-of.ts";
import { askHarness, askTwin, HOME, type Question } from "./ask-both.ts";

export const ROLE = `arn:aws:iam::${HOME}:role/worker`;
export const SESSION = `arn:aws:sts::${HOME}:assumed-role/worker/fn`;
export const ROOT = `arn:aws:iam::${HOME}:root`;
export const STRANGER = "444455556666";

/** A page of AWS' documentation. */
export interface Page {
  readonly title: string;
  readonly url: string;
}

/** @param path Below the IAM user guide. */
export function iamPage(title: string, path: string): Page {
  return { title, url: `https://docs.aws.amazon.com/IAM/latest/UserGuide/${path}.html` };
}

type Answer = "allowed" | "denied";
/** What is not said is a role of the home account that wants an object, without any policy. */
export type Row = readonly [name: string, answer: Answer, question: Partial<Question>];

/** Cases that a page decides: both evaluators have to answer as it does. */
export function documented({ title, url }: Page, rows: readonly Row[]): void {
  describe(`${title} (${url})`, () => {
    it.each(rows)("%s: %s", (_, answer, asked) => {
      const question = questionOf(asked);
      expect({ harness: askHarness(question).kind, twin: askTwin(question) }).toEqual({
        harness: answer,
        twin: answer,
      });
    });
  });
}

/** Cases that a page leaves open: the harness says so, and the twin, which has to do something, does this. */
export function leftOpen({ title, url }: Page, rows: readonly Row[]): void {
  describe(`${title} (${url})`, () => {
    it.each(rows)("does not say: %s", (_, answer, asked) => {
      const question = questionOf(asked);
      expect({ harness: askHarness(question).kind, twin: askTwin(question) }).toEqual({
        harness: "undecidable",
        twin: answer,
      });
    });
  });
}

export function questionOf(asked: Partial<Question>): Question {
  return {
    principal: { kind: "role", arn: ROLE, session: "fn" },
    action: "s3:GetObject",
    resourceArn: "arn:aws:s3:::photos/cat.jpg",
    ...asked,
  };
}

/** Allows everything but for what is said. */
export function allow(over: Partial<StatementJson> = {}): StatementJson {
  return { Effect: "Allow", Action: "*", Resource: "*", ...over };
}

export function deny(over: Partial<StatementJson> = {}): StatementJson {
  return { ...allow(over), Effect: "Deny" };
}

/** For whom a resource's policy allows everything. */
export function toPrincipal(...AWS: readonly string[]): StatementJson {
  return allow({ Principal: { AWS } });
}

/** A resource's policy. */
export function ofResource(...statements: readonly StatementJson[]): Question["resource"] {
  return { kind: "policy", statements };
}
