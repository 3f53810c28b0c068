import { breaking, type Failures } from "../../../failures/variant.ts";
import { ACCOUNT_ID, REGION, ROLE } from "../../../testing/names.ts";
import { rolePolicy, setting } from "../../../testing/policies.ts";
import { output, remove, setValues } from "../../../testing/state.ts";

const OTHER_STREAM = `arn:aws:kinesis:${REGION}:${ACCOUNT_ID}:stream/another`;
const CONSUMER_STOPS = ["event.lost at alb-to-table / processor log"];

const consumer = breaking({
  only: "alb-*",
  stops: CONSUMER_STOPS,
});

export const failures: Failures = {
  sharesRowWith: "stream.no-producer",
  variants: [
    {
      way: "the event source mapping is disabled",
      changes: [setValues("aws_lambda_event_source_mapping", { enabled: false, state: "Disabled" })],
      cause: "is Disabled",
      stops: CONSUMER_STOPS,
    },
    consumer("there is no event source mapping", "No event source mapping", remove("aws_lambda_event_source_mapping")),
    consumer(
      "the event source mapping reads another stream",
      OTHER_STREAM,
      setValues("aws_lambda_event_source_mapping", { event_source_arn: OTHER_STREAM }),
    ),
    consumer(
      "the event source mapping is another function's",
      "No event source mapping",
      setValues("aws_lambda_event_source_mapping", {
        function_arn: output("ingest_function_arn"),
        function_name: output("ingest_function_arn"),
      }),
    ),
    consumer(
      "the consumer's role may not read records",
      "kinesis:GetRecords",
      rolePolicy(
        ROLE.processor,
        setting("ReadStream", {
          Action: ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:ListShards"],
        }),
      ),
    ),
    consumer(
      "the consumer's role may read another stream alone",
      "kinesis:GetRecords",
      rolePolicy(ROLE.processor, setting("ReadStream", { Resource: OTHER_STREAM })),
    ),
  ],
};
