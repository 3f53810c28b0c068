import { GetStageCommand } from "@aws-sdk/client-api-gateway";
import { splitSubject, type Target, targetOf } from "../../subject.ts";
import type { Reader } from "../reader.ts";
import { required } from "../unread.ts";

const GET = "apigateway:GET";

export const apiStageReader: Reader<"api-stage"> = {
  kind: "api-stage",

  needs: (subject, { partition, region }) => {
    const [apiId, stage] = splitSubject(subject);
    const stages = `arn:${partition}:apigateway:${region}::/restapis/${apiId}/stages`;
    return [{ action: GET, resources: [`${stages}/${stage === "" ? "*" : stage}`] }];
  },

  async read(subject, { clients, askIfAny }) {
    const apiGateway = await clients.apiGateway();
    const [apiId, stageName] = splitSubject(subject);
    const stage = await askIfAny(GET, ["NotFoundException"], (options) =>
      apiGateway.send(new GetStageCommand({ restApiId: apiId, stageName }), options),
    );
    if (stage === undefined) return undefined;
    return {
      kind: "api-stage",
      apiId,
      name: required(stage.stageName, "stageName", GET),
      deploymentId: stage.deploymentId ?? "",
      accessLogDestinationArn: stage.accessLogSettings?.destinationArn ?? "",
      accessLogFormat: stage.accessLogSettings?.format ?? "",
    };
  },

  links: ({ accessLogDestinationArn }, place): Target[] => [
    { kind: "api-account", subject: place.region },
    ...(accessLogDestinationArn.includes(":log-group:") ? [targetOf("log-group", accessLogDestinationArn, place)] : []),
  ],
};
