import { GetPolicyCommand } from "@aws-sdk/client-lambda";
import { needsOn } from "../../../model/settings/need.ts";
import { arnOfNamed } from "../../../model/settings/place.ts";
import { parsePolicyDocument } from "../policy-document.ts";
import type { Reader } from "../reader.ts";
import { required } from "../unread.ts";

const GET_POLICY = "lambda:GetPolicy";

export const functionPolicyReader: Reader<"function-policy"> = {
  kind: "function-policy",
  namedBy: ({ entryFunction, consumerFunction }) => [entryFunction, consumerFunction],
  isLinked: true,

  needs: (name, place) => needsOn([GET_POLICY], [arnOfNamed("lambda", "function:", name, place)]),

  /** A function without any permission has no policy; Lambda answers as if the function did not exist. */
  async read(name, { clients, askIfAny }) {
    const lambda = await clients.lambda();
    const answer = await askIfAny(GET_POLICY, ["ResourceNotFoundException"], (options) =>
      lambda.send(new GetPolicyCommand({ FunctionName: name }), options),
    );
    if (answer === undefined) return undefined;
    const policy = parsePolicyDocument(required(answer.Policy, "Policy", GET_POLICY), GET_POLICY);
    return { kind: "function-policy", functionName: name, policy };
  },

  links: () => [],
};
