import { GetAccountCommand } from "@aws-sdk/client-api-gateway";
import { needsOn } from "../../../model/settings/need.ts";
import { targetIfAny } from "../../../model/settings/subject.ts";
import type { Reader } from "../reader.ts";
import { required } from "../unread.ts";

const GET = "apigateway:GET";

export const apiAccountReader: Reader<"api-account"> = {
  kind: "api-account",
  namedBy: ({ api }, { region }) => (api === undefined ? [] : [region]),
  isLinked: false,

  needs: (_, { partition, region }) => needsOn([GET], [`arn:${partition}:apigateway:${region}::/account`]),

  async read(region, { clients, ask }) {
    const apiGateway = await clients.apiGateway();
    const account = await ask(GET, (options) => apiGateway.send(new GetAccountCommand({}), options));
    // The one field that every account has.
    required(account.throttleSettings, "throttleSettings", GET);
    return { kind: "api-account", region, cloudwatchRoleArn: account.cloudwatchRoleArn ?? "" };
  },

  links: ({ cloudwatchRoleArn }, place) => targetIfAny("role", cloudwatchRoleArn, place),
};
