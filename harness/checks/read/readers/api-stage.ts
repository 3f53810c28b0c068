import { GetStageCommand, type MethodSetting } from "@aws-sdk/client-api-gateway";
import type { ApiStageSetting } from "../../../model/settings/api-setting.ts";
import { needsOn } from "../../../model/settings/need.ts";
import { splitSubject, stageSubject, type Target, targetOf } from "../../../model/settings/subject.ts";
import type { Reader } from "../reader.ts";
import { required } from "../unread.ts";

const GET = "apigateway:GET";

export const apiStageReader: Reader<"api-stage"> = {
  kind: "api-stage",
  namedBy: ({ api, apiStage }) => (api === undefined || apiStage === undefined ? [] : [stageSubject(api, apiStage)]),
  isLinked: false,

  needs: (subject, { partition, region }) => {
    const [apiId, stage] = splitSubject(subject);
    const stages = `arn:${partition}:apigateway:${region}::/restapis/${apiId}/stages`;
    return needsOn([GET], [`${stages}/${stage === "" ? "*" : stage}`]);
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
      throttles: throttlesOf(stage.methodSettings ?? {}),
    };
  },

  links: ({ accessLogDestinationArn }, place): Target[] => [
    { kind: "api-account", subject: place.region },
    ...(accessLogDestinationArn.includes(":log-group:") ? [targetOf("log-group", accessLogDestinationArn, place)] : []),
  ],
};

/** Below zero, or left out: the account's throttling is all. */
function throttlesOf(settings: Readonly<Record<string, MethodSetting>>): ApiStageSetting["throttles"] {
  const throttles = Object.entries(settings).flatMap(([method, { throttlingRateLimit, throttlingBurstLimit }]) =>
    (throttlingRateLimit ?? -1) < 0
      ? []
      : [{ method, requestsPerSecond: throttlingRateLimit ?? 0, burst: throttlingBurstLimit ?? 0 }],
  );
  return throttles.length === 0 ? undefined : throttles;
}
