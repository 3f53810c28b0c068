import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthorizer } from "../authorization/index.ts";
import { createClients } from "../conformance/clients.ts";
import { answersTo, type Question } from "../conformance/question.ts";
import { questionsAbout } from "../conformance/questions/index.ts";
import type { Principal } from "../model/ports.ts";
import type { TwinState } from "../state/index.ts";
import { type ControlPlaneServer, only, serveControlPlane, snapshotState } from "./testing/control-plane-server.ts";

const state = snapshotState();
const services = ["apigateway", "application-autoscaling", "ec2", "elasticloadbalancing", "iam", "kms", "lambda"];
const serviceOf = ({ name }: Question) => name.split(":")[0] ?? "";
const questions = questionsAbout(state).filter((question) => services.includes(serviceOf(question)));
const authorizerOf = (of: TwinState) => createAuthorizer(of, { nowMs: () => 0 });

const answersFor = async (server: ControlPlaneServer, asked: readonly Question[], principal?: Principal) => {
  const clients = createClients(server.clientConfig(principal));
  return answersTo(asked, clients).finally(() => clients.destroy());
};

describe("settings, where the state's own policies decide who may read them", () => {
  let server: ControlPlaneServer;
  beforeAll(async () => {
    server = await serveControlPlane(state, { authorizer: authorizerOf(state) });
  });
  afterAll(() => server.close());

  it("are all open to an administrator", async () => {
    const answers = await answersFor(server, questions);
    const errors = Object.entries(answers).filter(([, answer]) => JSON.stringify(answer).includes('"error"'));
    expect(errors.map(([name]) => name)).toEqual([expect.stringMatching(/^lambda:GetPolicy .*-processor$/)]);
    expect(Object.keys(answers).length).toBeGreaterThan(60);
  });

  it("are closed to a role without rights, by each service's own error", async () => {
    const role = only(state.roles.filter(({ name }) => name.endsWith("-api-logs")));
    const asRole = { kind: "role", roleArn: role.arn, sessionName: "verifier" } as const;
    const first = services.map((service) => only(questions.filter((each) => serviceOf(each) === service).slice(0, 1)));
    const answers = await answersFor(server, first, asRole);
    expect(Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name.split(":")[0], answer]))).toEqual({
      apigateway: { error: "AccessDeniedException" },
      "application-autoscaling": { error: "AccessDeniedException" },
      ec2: { error: "UnauthorizedOperation" },
      elasticloadbalancing: { error: "AccessDenied" },
      iam: { error: "AccessDenied" },
      kms: { error: "AccessDeniedException" },
      lambda: { error: "AccessDeniedException" },
    });
  });

  it("show a flow log as failed once its role's trust or rights are gone", async () => {
    const flowLogs = questions.filter(({ name }) => name.startsWith("ec2:DescribeFlowLogs"));
    const role = only(state.roles.filter(({ arn }) => arn === only(state.flowLogs).iam_role_arn));
    const trustingOthers = role.assume_role_policy.replace("vpc-flow-logs.amazonaws.com", "ec2.amazonaws.com");
    const statusOf = async (changed: TwinState) => {
      const other = await serveControlPlane(changed, { authorizer: authorizerOf(changed) });
      const answers = await answersFor(other, flowLogs).finally(() => other.close());
      return Object.values(answers);
    };
    const others = state.roles.filter(({ arn }) => arn !== role.arn);
    const rightless = { ...role, inline_policy: [] };
    const policies = state.rolePolicies.filter((policy) => policy.role !== role.name);
    expect(await statusOf(state)).toMatchObject([[{ DeliverLogsStatus: "SUCCESS" }]]);
    expect(
      await statusOf({ ...state, roles: [...others, { ...role, assume_role_policy: trustingOthers }] }),
    ).toMatchObject([[{ DeliverLogsStatus: "FAILED" }]]);
    expect(await statusOf({ ...state, roles: [...others, rightless], rolePolicies: policies })).toMatchObject([
      [{ DeliverLogsStatus: "FAILED" }],
    ]);
  });
});
