import type { MetricSink } from "../../model/ports.ts";
import type { AccessRecord } from "./access-log.ts";
import type { RestApiConfig, StageConfig } from "./rest-api-config.ts";

/** AWS/ApiGateway metrics (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html). */
export function apiMetrics(api: RestApiConfig, stage: StageConfig, sink: MetricSink): (record: AccessRecord) => void {
  const ofApi = { ApiName: api.name };
  const ofStage = { ...ofApi, Stage: stage.name };
  return ({ request, found, handled, latencyMs }) => {
    const { status } = handled.response;
    const sets: Record<string, string>[] = [ofApi, ofStage];
    if (stage.detailedMetrics && found !== undefined)
      sets.push({ ...ofStage, Resource: found.method.resourcePath, Method: request.method });
    const add = (name: string, value: number, unit: "Count" | "Milliseconds") => {
      for (const dimensions of sets)
        sink.add({ namespace: "AWS/ApiGateway", name, dimensions, value, unit, atMs: request.atMs });
    };
    add("Count", 1, "Count");
    add("4XXError", status >= 400 && status < 500 ? 1 : 0, "Count");
    add("5XXError", status >= 500 ? 1 : 0, "Count");
    add("Latency", latencyMs, "Milliseconds");
    if (handled.integration !== undefined) add("IntegrationLatency", handled.integration.latencyMs, "Milliseconds");
  };
}
