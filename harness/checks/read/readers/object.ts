import { GetObjectCommand, HeadObjectCommand, type HeadObjectCommandOutput } from "@aws-sdk/client-s3";
import { needsOn } from "../../../model/settings/need.ts";
import { objectSubject, splitSubject, subjectOf, targetIfAny } from "../../../model/settings/subject.ts";
import type { Reader, ReadTools } from "../reader.ts";
import { required } from "../unread.ts";

/** HeadObject has no action of its own. */
const GET = "s3:GetObject";
/** Without this permission S3 answers 403 instead of 404 for an absent object. */
const LIST = "s3:ListBucket";

export const objectReader: Reader<"object"> = {
  kind: "object",
  namedBy: ({ bucket, proofObjectKey }, place) =>
    bucket === undefined || proofObjectKey === undefined
      ? []
      : [objectSubject(subjectOf("bucket", bucket, place), proofObjectKey)],
  isLinked: false,

  needs: (subject, { partition }) => [
    ...needsOn([GET], [`arn:${partition}:s3:::${subject}`]),
    ...needsOn([LIST], [`arn:${partition}:s3:::${splitSubject(subject)[0]}`]),
  ],

  async read(subject, tools) {
    const [Bucket, Key] = splitSubject(subject);
    const head = await readHead(Bucket, Key, tools);
    if (head === undefined) return undefined;
    return {
      kind: "object",
      bucket: Bucket,
      key: Key,
      encryption: head.ServerSideEncryption ?? "",
      keyArn: head.SSEKMSKeyId ?? "",
      // Every object has it: an answer that is not from S3 is not mistaken for one.
      lastModifiedMs: required(head.LastModified, "Last-Modified", GET).getTime(),
    };
  },

  links: ({ keyArn }, place) => targetIfAny("key", keyArn, place),
};

/**
 * The answer to a HEAD has no body, and its 404 may come from anything on the way. So a GET has to say by name that there is no
 * such object; HEAD comes first because GET needs the permission to decrypt, too.
 */
async function readHead(Bucket: string, Key: string, tools: ReadTools): Promise<HeadObjectCommandOutput | undefined> {
  const s3 = await tools.clients.s3();
  const head = await tools.askIfAny(GET, ["NotFound"], (options) =>
    s3.send(new HeadObjectCommand({ Bucket, Key }), options),
  );
  if (head !== undefined) return head;
  return tools.askIfAny(GET, ["NoSuchKey", "NoSuchBucket"], async (options) => {
    const { Body, ...appeared } = await s3.send(new GetObjectCommand({ Bucket, Key }), options);
    await Body?.transformToByteArray();
    return appeared;
  });
}
