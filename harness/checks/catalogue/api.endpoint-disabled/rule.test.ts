import { expect, it } from "vitest";
import { asItIs } from "../../testing/change.ts";
import { describeRule } from "../../testing/describe-rule.ts";
import { type AccountBuilder, contextOf, healthyAccount, NAMES } from "../../testing/healthy-account.ts";
import { apiEndpointDisabled } from "./rule.ts";

const disabled = (account: AccountBuilder) =>
  account.change("api", NAMES.api, () => ({ executeApiEndpointDisabled: true }));

describeRule(apiEndpointDisabled, {
  pipeline: "api",
  healthy: { "the reference stack": { change: asItIs } },
  broken: {
    "a disabled default endpoint": { change: disabled, cause: /answers 403 Forbidden .* default endpoint is disabled/ },
  },
  unknown: {
    "an API that may not be read": {
      change: (account) => account.unread("api", NAMES.api, "apigateway:GET"),
      remedy: /apigateway:GET/,
    },
  },
});

const verdictsFor = (url: string) => {
  const context = { ...contextOf("api"), entryRequest: { method: "POST", url } };
  return apiEndpointDisabled.judge(disabled(healthyAccount()).build(), context).map(({ verdict }) => verdict);
};

it.each([
  [`https://${NAMES.api}.execute-api.us-east-1.amazonaws.com/live/process`, "fail"],
  [`https://${NAMES.api.toUpperCase()}.execute-api.us-east-1.amazonaws.com:443/live/process`, "fail"],
  ["https://api.example.com/process", "pass"],
])("a disabled default endpoint and events sent to %s: %s", (url, verdict) => {
  expect(verdictsFor(url)).toEqual([verdict]);
});

it("says nothing of an API that does not exist, or of events that come in another way", () => {
  expect(apiEndpointDisabled.judge(healthyAccount().absent("api", NAMES.api).build(), contextOf("api"))).toEqual([]);
  const context = { ...contextOf("upload", { api: NAMES.api }) };
  expect(apiEndpointDisabled.judge(disabled(healthyAccount()).build(), context)).toEqual([]);
});
