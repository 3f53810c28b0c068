import { breaking, type Failures } from "../../../failures/variant.ts";
import { ACCOUNT_ID, REGION, ROLE } from "../../../testing/names.ts";
import { adding, rolePolicy, setting, without } from "../../../testing/policies.ts";

const OTHER_STREAM = `arn:aws:kinesis:${REGION}:${ACCOUNT_ID}:stream/another`;

const STOPS = ["entry.failing at alb-to-table / entry"];
const producer = breaking({ only: "alb-*", stops: STOPS });

export const failures: Failures = {
  variants: [
    {
      way: "the producer's role may not put records",
      cause: "kinesis:PutRecords",
      changes: [rolePolicy(ROLE.ingest, without("PutEvents"))],
      stops: STOPS,
    },
    producer(
      "the producer's role may put records into another stream alone",
      "kinesis:PutRecords",
      rolePolicy(ROLE.ingest, setting("PutEvents", { Resource: OTHER_STREAM })),
    ),
    producer(
      "the producer's role is denied to put records",
      "NoKinesis",
      rolePolicy(ROLE.ingest, adding({ Sid: "NoKinesis", Effect: "Deny", Action: "kinesis:Put*", Resource: "*" })),
    ),
  ],
};
