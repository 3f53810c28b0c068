import type { Roles } from "../../model/role.ts";
import type { RecognisedPipeline } from "./recognised.ts";
import { blocks, field, type StackView, text } from "./stack-view.ts";
import { wayOfFunction } from "./way-of-function.ts";

/** One pipeline for each bucket that tells a function of new objects, which go on to a table. */
export function bucketPipelines(view: StackView): readonly RecognisedPipeline[] {
  return view.ofType("aws_s3_bucket_notification").flatMap((notification) => {
    const rule = blocks(notification, "lambda_function").find(({ events }) => createsOnPut(events));
    const aFunction = rule === undefined ? undefined : view.functionOf(field(rule, "lambda_function_arn"));
    if (rule === undefined || aFunction === undefined) return [];
    const key = `${field(rule, "filter_prefix") || "stackproof/"}{tag}${field(rule, "filter_suffix") || ".json"}`;
    const way = wayOfFunction(view, aFunction, key);
    if (way === undefined) return [];
    const bucket = view.reference(text(notification, "bucket"), "bucket");
    const pipeline: RecognisedPipeline = {
      name: "upload",
      entry: { kind: "s3", bucket, key, body: { [way.hashKey]: "{tag}", source: "stackproof" } },
      hops: [{ name: "object", kind: "object", bucket, key }, ...way.hops],
      roles: { bucket, ...proofOf(view), ...way.roles },
      questions: [
        "Is the object's key the item's key? Some functions take it from the object's content: then it is the tag.",
        ...way.questions,
      ],
    };
    return [pipeline];
  });
}

function createsOnPut(events: unknown): boolean {
  return (
    Array.isArray(events) && events.some((event) => event === "s3:ObjectCreated:*" || event === "s3:ObjectCreated:Put")
  );
}

/** An instance that proves its way to the bucket by an object: recognised by the outputs that name both. */
function proofOf(view: StackView): Roles {
  const instance = view.ofType("aws_instance").find((one) => view.outputOf(text(one, "id")) !== undefined);
  const object = view.outputNamed(/proof.*object_key$/);
  return instance === undefined || object === undefined
    ? {}
    : { proofInstance: view.reference(text(instance, "id")), proofObjectKey: `{${object}}` };
}
