/** An error that S3 answers: thrown by the operations, written as XML in one place. */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  /** Elements beyond Code, Message and Resource, for example BucketName. */
  readonly details: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "S3Error";
    this.status = status;
    this.code = code;
    this.details = details;
    this.headers = headers;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const s3Errors = {
  accessDenied: (message = "Access Denied") => new S3Error(403, "AccessDenied", message),
  noSuchBucket: (name: string) =>
    new S3Error(404, "NoSuchBucket", "The specified bucket does not exist", { BucketName: name }),
  noSuchKey: (key: string) => new S3Error(404, "NoSuchKey", "The specified key does not exist.", { Key: key }),
  noSuchVersion: (key: string, versionId: string) =>
    new S3Error(404, "NoSuchVersion", "The specified version does not exist.", { Key: key, VersionId: versionId }),
  noSuchUpload: (uploadId: string) =>
    new S3Error(
      404,
      "NoSuchUpload",
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
      { UploadId: uploadId },
    ),
  invalidArgument: (message: string) => new S3Error(400, "InvalidArgument", message),
  invalidRequest: (message: string) => new S3Error(400, "InvalidRequest", message),
  badDigest: (what: string) =>
    new S3Error(400, "BadDigest", `The ${what} you specified did not match what we received.`),
  malformedXml: () =>
    new S3Error(
      400,
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema",
    ),
  entityTooLarge: (bytes: number) =>
    new S3Error(
      400,
      "EntityTooLarge",
      `Your proposed upload exceeds the maximum allowed size of the twin (${bytes} bytes)`,
    ),
  noRoom: (bytes: number) =>
    new S3Error(
      507,
      "InsufficientStorage",
      `The twin keeps objects in memory, at most ${bytes} bytes of them: delete some, or raise its bound`,
    ),
  preconditionFailed: () =>
    new S3Error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"),
  slowDown: () => new S3Error(503, "SlowDown", "Please reduce your request rate."),
  notImplemented: (operation: string) =>
    new S3Error(501, "NotImplemented", `The twin does not implement ${operation} of S3`),
} as const;
