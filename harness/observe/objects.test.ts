import { type HeadObjectCommandInput, type HeadObjectCommandOutput, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import type { ObjectHop } from "../model/hop.ts";
import { CONFIG, METADATA, serviceError } from "./testing/clients.ts";
import { runObserver } from "./testing/run-observer.ts";
import { START_MS } from "./testing/tools.ts";

const HOP: ObjectHop = { kind: "object", name: "object", bucket: "content", key: "in/{tag}.json" };

function bucket(head: (key: string) => Partial<HeadObjectCommandOutput>) {
  const inputs: HeadObjectCommandInput[] = [];
  const client = new S3Client(CONFIG);
  client.middlewareStack.add(
    () => async (args) => {
      if (!("Key" in args.input) || !("Bucket" in args.input)) throw new Error("not a look at an object");
      inputs.push({ Bucket: args.input.Bucket, Key: args.input.Key });
      return { response: {}, output: { ...METADATA, ...head(args.input.Key ?? "") } };
    },
    { step: "initialize", priority: "high" },
  );
  return { inputs, clients: () => ({ s3: async () => client }) };
}

describe("the objects' observer", () => {
  it("tells version, encryption and key of what is stored", async () => {
    const { inputs, clients } = bucket(() => ({
      VersionId: "v1",
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: "arn:aws:kms:eu-central-1:123456789012:key/k",
      LastModified: new Date(START_MS - 400),
    }));
    const { journal } = await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(inputs).toEqual([{ Bucket: "content", Key: "in/sp-run-alb-0.json" }]);
    expect(journal.of("sighted")).toMatchObject([
      {
        occurrence: "v1",
        seenAtMs: START_MS,
        place:
          "s3://content/in/sp-run-alb-0.json, version v1, encryption aws:kms with key " +
          "arn:aws:kms:eu-central-1:123456789012:key/k, last modified 2026-11-22T02:00:29.600Z",
      },
    ]);
  });

  it("tells occurrences by their ETag where the bucket keeps no versions", async () => {
    const { clients } = bucket(() => ({ ETag: '"e"' }));
    const { journal } = await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(journal.of("sighted")).toMatchObject([
      { occurrence: '"e"', place: "s3://content/in/sp-run-alb-0.json, version none, encryption none" },
    ]);
  });

  it("waits for an object that is not there yet", async () => {
    let looks = 0;
    const { clients } = bucket(() => {
      if (looks++ < 3) throw serviceError("NotFound", 404);
      return { VersionId: "v1" };
    });
    const { ending } = await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(ending).toEqual({ kind: "satisfied" });
    expect(looks).toBe(4);
  });

  it("is refused by the bare 403 that a HEAD request gets, and names the permission", async () => {
    const { clients } = bucket(() => {
      throw serviceError("403", 403);
    });
    const { ending } = await runObserver(HOP, ["sp-run-alb-0"], clients);
    expect(ending).toMatchObject({ kind: "refused", error: { code: "403", operation: "s3:GetObject" } });
  });
});
