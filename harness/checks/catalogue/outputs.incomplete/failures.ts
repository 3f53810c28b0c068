import type { Failures } from "../../../failures/variant.ts";
import type { Change } from "../../../testing/state.ts";

const removed = (name: string): Change => ({ kind: "remove-output", name });
const set = (name: string, value: unknown): Change => ({ kind: "set-output", name, value });

export const failures: Failures = {
  variants: [
    {
      way: "the proof object's key is empty",
      changes: [set("proof_object_key", "")],
      cause: "proof_object_key (empty)",
    },
    {
      way: "the content table's name is not output",
      changes: [removed("content_table_name")],
      cause: "content_table_name (absent",
      refuses: true,
    },
    { way: "the API's URL is empty", changes: [set("api_url", "")], cause: "api_url (empty", refuses: true },
    {
      way: "the key and the instance are not output",
      changes: [removed("kms_key_arn"), removed("proof_instance_id")],
      cause: "proof_instance_id (absent)",
    },
    {
      way: "the stream's name is no text",
      changes: [set("stream_name", 7)],
      cause: "stream_name (number",
      refuses: true,
    },
  ],
};
