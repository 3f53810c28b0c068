import type { StatementJson } from "../../testing/policy-of.ts";
import type { Question } from "./testing/ask-both.ts";
import { allow, documented, iamPage } from "./testing/documented.ts";

const own = (over: Partial<StatementJson>, rest: Partial<Question> = {}) => ({ identity: [allow(over)], ...rest });
const variable = (name: string) => `\${${name}}`;

documented(iamPage("IAM JSON policy elements: Action", "reference_policies_elements_action"), [
  ["upper and lower case are the same", "allowed", own({ Action: "S3:getobject" })],
  ["a wildcard at the end", "allowed", own({ Action: "s3:Get*" })],
  ["a wildcard in the middle", "allowed", own({ Action: "s3:*Obj?ct" })],
  ["another service's actions", "denied", own({ Action: "sqs:*" })],
  ["a name of which it is the beginning", "denied", own({ Action: "s3:GetObjectVersion" })],
  ["one of several", "allowed", own({ Action: ["sqs:SendMessage", "s3:GetObject"] })],
]);

documented(iamPage("IAM JSON policy elements: NotAction", "reference_policies_elements_notaction"), [
  [
    "everything but what is listed",
    "allowed",
    { identity: [{ Effect: "Allow", NotAction: "s3:DeleteBucket", Resource: "*" }] },
  ],
  ["what is listed", "denied", { identity: [{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }] }],
]);

const BUCKET = "arn:aws:s3:::amzn-s3-demo-bucket";
const inBucket = (key: string) => own({ Resource: `${BUCKET}/*/test/*` }, { resourceArn: `${BUCKET}/${key}` });
const LOGS = "arn:aws:logs:eu-west-1:111122223333:log-group:/a:log-stream:b";
const logs = (Resource: string) => own({ Resource }, { action: "logs:PutLogEvents", resourceArn: LOGS });
documented(iamPage("IAM JSON policy elements: Resource", "reference_policies_elements_resource"), [
  ["a wildcard holds slashes", "allowed", inBucket("1/2/test/3/object.jpg")],
  ["a wildcard holds a whole path", "allowed", inBucket("1/2/3/test/4/object.jpg")],
  ["a wildcard holds nothing at all", "allowed", inBucket("/test/object.jpg")],
  ["the text around a wildcard has to be there", "denied", inBucket("1-test/object.jpg")],
  ["a name in another case", "denied", own({ Resource: "arn:aws:s3:::Photos/*" })],
  ["the bucket alone", "denied", own({ Resource: "arn:aws:s3:::photos" })],
  ["one of several", "allowed", own({ Resource: ["arn:aws:s3:::films/*", "arn:aws:s3:::photos/*"] })],
  ["a * that ends a segment matches beyond the colon", "allowed", logs("arn:aws:logs:*:log-stream:b")],
  ["a * that ends a segment after other text, too", "allowed", logs("arn:aws:logs:eu-*:log-group:/a:*")],
  ["a * within a segment stays in it", "denied", logs("arn:aws:logs:eu*3:log-group:/a:log-stream:b")],
  ["a ? stays in its segment", "denied", logs("arn:aws:logs:eu-west-1?111122223333:log-group:/a:log-stream:b")],
  ["another account", "denied", logs("arn:aws:logs:*:444455556666:*")],
  ["segment by segment", "allowed", logs("arn:aws:logs:eu-west-?:*:log-group:/a:*")],
]);

documented(iamPage("IAM JSON policy elements: NotResource", "reference_policies_elements_notresource"), [
  [
    "everything but what is listed",
    "allowed",
    { identity: [{ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::films/*" }] },
  ],
  ["what is listed", "denied", { identity: [{ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::photos/*" }] }],
]);

const home = (text: string) => `arn:aws:s3:::photos/${text}.jpg`;
const named = (value: string | null) => ({ context: { "aws:PrincipalTag/pet": value } });
documented(iamPage("IAM policy elements: Variables and tags", "reference_policies_variables"), [
  [
    "a variable takes the request's value",
    "allowed",
    own({ Resource: home(variable("aws:PrincipalTag/pet")) }, named("cat")),
  ],
  ["another value", "denied", own({ Resource: home(variable("aws:PrincipalTag/pet")) }, named("dog"))],
  ["its name in another case", "allowed", own({ Resource: home(variable("AWS:principaltag/PET")) }, named("cat"))],
  [
    "a variable that cannot be resolved",
    "denied",
    own({ Resource: home(variable("aws:PrincipalTag/pet")) }, named(null)),
  ],
  [
    "a default stands in for the value",
    "allowed",
    own({ Resource: home(variable("aws:PrincipalTag/pet, 'cat'")) }, named(null)),
  ],
  [
    "the value wins over the default",
    "denied",
    own({ Resource: home(variable("aws:PrincipalTag/pet, 'cat'")) }, named("dog")),
  ],
  [
    "in a policy of 2008 it is text",
    "denied",
    own({ Resource: home(variable("aws:PrincipalTag/pet")) }, { ...named("cat"), version: "2008-10-17" }),
  ],
  ["an escaped * is that character", "denied", own({ Resource: home(variable("*")) })],
  [
    "a * out of a value is that character",
    "denied",
    own({ Resource: home(variable("aws:PrincipalTag/pet")) }, named("*")),
  ],
  [
    "in a condition",
    "allowed",
    own(
      { Condition: { StringEquals: { "s3:prefix": variable("aws:PrincipalTag/pet") } } },
      { context: { "s3:prefix": "cat", "aws:PrincipalTag/pet": "cat" } },
    ),
  ],
]);
