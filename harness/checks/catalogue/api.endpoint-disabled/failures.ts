import type { Failures } from "../../../failures/variant.ts";
import { add, resourceLike, setValues } from "../../../testing/state.ts";

const DISABLE = setValues("aws_api_gateway_rest_api", { disable_execute_api_endpoint: true });
const EXPECTED = { cause: "default endpoint is disabled", stops: ["entry.rejected at api-to-table / entry"] };

export const failures: Failures = {
  variants: [
    { way: "the default endpoint is disabled", changes: [DISABLE], ...EXPECTED },
    {
      way: "the default endpoint is disabled, and another API has one",
      changes: [
        add(resourceLike("aws_api_gateway_rest_api"), "other", { id: "a1b2c3d4e5", name: "other" }),
        setValues("aws_api_gateway_rest_api", { disable_execute_api_endpoint: true }, ({ name }) => name !== "other"),
      ],
      only: "api-*",
      ...EXPECTED,
    },
  ],
};
