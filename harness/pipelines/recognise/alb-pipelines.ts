import type { RoleName, Roles } from "../../model/role.ts";
import type { TerraformResource } from "../../model/terraform-resource.ts";
import type { RecognisedPipeline } from "./recognised.ts";
import { addressOf, EVERYTHING, type RouteAddress } from "./route-address.ts";
import { blocks, blocksIn, field, type StackView, text } from "./stack-view.ts";
import { wayOfFunction } from "./way-of-function.ts";

/** One pipeline for each way from a load balancer's listener to a function and on to a table. */
export function albPipelines(view: StackView): readonly RecognisedPipeline[] {
  return view.ofType("aws_lb_listener").flatMap((listener) => {
    const loadBalancer = view.find("aws_lb", ["arn"], text(listener, "load_balancer_arn"));
    if (loadBalancer === undefined) return [];
    const rules = view
      .ofType("aws_lb_listener_rule")
      .filter((rule) => text(rule, "listener_arn") === text(listener, "arn"))
      .map((rule) => ({ ...addressOf(rule), targetGroupArn: targetOf(blocks(rule, "action")) }));
    const all = [...rules, { ...EVERYTHING, targetGroupArn: targetOf(blocks(listener, "default_action")) }];
    return all.flatMap((route) => {
      const pipeline = pipelineOf(view, { loadBalancer, listener, ...route });
      return pipeline === undefined ? [] : [pipeline];
    });
  });
}

interface Route extends RouteAddress {
  readonly loadBalancer: TerraformResource;
  readonly listener: TerraformResource;
  readonly targetGroupArn: string;
}

function pipelineOf(view: StackView, route: Route): RecognisedPipeline | undefined {
  const attachment = view.find("aws_lb_target_group_attachment", ["target_group_arn"], route.targetGroupArn);
  const aFunction = attachment === undefined ? undefined : view.functionOf(text(attachment, "target_id"));
  const way = aFunction === undefined ? undefined : wayOfFunction(view, aFunction, "{tag}");
  if (way === undefined) return undefined;
  const { loadBalancer } = route;
  const url = urlOf(view, route);
  const logs = blocks(loadBalancer, "access_logs").find((block) => block["enabled"] === true);
  const flowLog = view.find("aws_flow_log", ["vpc_id"], text(loadBalancer, "vpc_id"));
  const flowLogGroup = /:log-group:([^:]+)/.exec(text(flowLog, "log_destination"))?.[1] ?? "";
  const reference = (role: RoleName, value: string): Roles => (value === "" ? {} : { [role]: view.reference(value) });
  return {
    name: "alb",
    entry: { kind: "alb", url: url.text, body: { [way.hashKey]: "{tag}", source: "stackproof" } },
    hops: way.hops,
    roles: {
      loadBalancer: view.reference(text(loadBalancer, "arn")),
      targetGroup: view.reference(route.targetGroupArn),
      ...reference("vpc", text(loadBalancer, "vpc_id")),
      ...reference("flowLogGroup", flowLogGroup),
      ...reference("logsBucket", field(logs, "bucket")),
      ...way.roles,
    },
    questions: [
      ...url.questions,
      `Does the function take this body? It holds the tag as ${way.hashKey}, the name of the table's hash key.`,
      'Does it take several events in one request? Then give batchBody, for example { events: "{events}" }.',
      ...way.questions,
    ],
  };
}

/** An output that is a URL of the load balancer says most; then the rule's path; then nothing but a guess is left. */
function urlOf(view: StackView, { loadBalancer, listener, path, host: ownHost, query }: Route) {
  const host = ownHost === "" ? text(loadBalancer, "dns_name") : ownHost;
  const urls = view.urlsOf(host);
  const fits = (url: URL) => (path === "" || url.pathname === path) && (query === "" || url.search === `?${query}`);
  const full = urls.find(({ url }) => url.pathname.length > 1 && fits(url));
  if (full !== undefined) return { text: `{${full.output}}`, questions: [] };
  const scheme = text(listener, "protocol") === "HTTPS" ? "https" : "http";
  const base = urls.find(({ url }) => url.pathname === "/" && url.protocol === `${scheme}:`);
  const origin = base === undefined ? `${scheme}://${view.reference(host)}` : `{${base.output}}`;
  const search = query === "" ? "" : `?${query}`;
  if (path !== "") return { text: `${origin}${path}${search}`, questions: [] };
  return {
    text: `${origin}/${search}`,
    questions: ["To which path are events posted? The listener sends every path to the function."],
  };
}

function targetOf(actions: readonly Readonly<Record<string, unknown>>[]): string {
  const forward = actions.find((action) => field(action, "type") === "forward");
  if (field(forward, "target_group_arn") !== "") return field(forward, "target_group_arn");
  const [group] = blocksIn(blocksIn(forward, "forward")[0], "target_group");
  return field(group, "arn");
}
