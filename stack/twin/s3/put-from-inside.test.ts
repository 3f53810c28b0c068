import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { afterEach, describe, expect, it } from "vitest";
import type { Principal } from "../model/ports.ts";
import { closeS3, content, inContent, keyArn, notifying, startS3 } from "./testing/served-s3.ts";

afterEach(closeS3);

describe("an object put from inside", () => {
  const writer: Principal = { kind: "role", roleArn: "arn:aws:iam::123456789012:role/writer", sessionName: "writer" };
  const object = { bucket: content.name, key: "a b/ü+%.json", body: "{}", contentType: "application/json" };

  it("is stored, encrypted and told like any other", async () => {
    const { client, s3, asked, sent } = await startS3({ buckets: [notifying({})] });
    expect(await s3.putObject(object, writer)).toEqual({ kind: "stored" });
    expect(asked[0]).toMatchObject({
      principal: writer,
      action: "s3:PutObject",
      resourceArn: `${content.arn}/${object.key}`,
    });
    expect(await client.send(new HeadObjectCommand({ ...inContent, Key: object.key }))).toMatchObject({
      ContentType: "application/json",
      SSEKMSKeyId: keyArn,
    });
    expect(sent).toHaveLength(1);
  });

  it("is refused with S3's code where the writer may not", async () => {
    const { s3 } = await startS3({ decide: () => ({ allowed: false, reason: "because" }) });
    expect(await s3.putObject(object, writer)).toMatchObject({ kind: "refused", code: "AccessDenied" });
  });
});
