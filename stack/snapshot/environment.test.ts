import { expect, test } from "vitest";
import { checkEndpoint, terraformEnvironment } from "./environment.ts";

test.each(["http://127.0.0.1:4000", "http://localhost:4566", "http://[::1]:5000"])(
  "%s may be applied to",
  (endpoint) => {
    expect(() => checkEndpoint({ AWS_ENDPOINT_URL: endpoint })).not.toThrow();
  },
);

test.each([
  undefined,
  "",
  "https://kinesis.us-east-1.amazonaws.com",
  "http://127.0.0.1.example.com",
  "http://10.0.0.1",
  "no url",
])("%s is refused: it may be AWS, and nothing is ever applied there", (endpoint) => {
  const environment = endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint };
  expect(() => checkEndpoint(environment)).toThrow(expect.objectContaining({ place: "environment, AWS_ENDPOINT_URL" }));
});

test("what would make another snapshot of the same files does not reach terraform", () => {
  const environment = terraformEnvironment(
    {
      PATH: "/bin",
      TF_CLI_CONFIG_FILE: "mirror.tfrc",
      TF_VAR_region: "eu-west-1",
      TF_CLI_ARGS_apply: "-var=environment=x",
      TF_WORKSPACE: "other",
      TF_DATA_DIR: "elsewhere",
      AWS_PROFILE: "production",
      AWS_ENDPOINT_URL_S3: "https://s3.amazonaws.com",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
    },
    "work/.terraform",
  );
  expect(environment).toEqual({
    PATH: "/bin",
    TF_CLI_CONFIG_FILE: "mirror.tfrc",
    TF_DATA_DIR: "work/.terraform",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  });
});
