import { expect, it } from "vitest";
import { nameIn } from "./resource-name.ts";

it.each([
  ["ingest", "ingest"],
  ["arn:aws:lambda:eu-west-1:123456789012:function:ingest", "ingest"],
  ["arn:aws:lambda:eu-west-1:123456789012:function:ingest:live", "ingest"],
  ["arn:aws:kinesis:eu-west-1:123456789012:stream/events", "events"],
  ["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/ingest", "/aws/lambda/ingest"],
  ["arn:aws:iam::123456789012:role/path/ingest", "path/ingest"],
  ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188", "web"],
  ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/66fb4f61a959f9b4", "web"],
])("the name in %s is %s", (reference, name) => expect(nameIn(reference)).toBe(name));
