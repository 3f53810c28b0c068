/**
 * One policy of AWS' own. Terraform's state names it by ARN and lacks its document, so the documents that stacks of this
 * kind attach are kept here, as AWS published them.
 */
export interface AwsManagedPolicy {
  /** Path and name, the part of the ARN after `policy/`, for example `service-role/AWSLambdaBasicExecutionRole`. */
  readonly name: string;
  /** AWS' default version, for example `v1`. */
  readonly version: string;
  /** The day AWS made that version, ISO 8601. */
  readonly updated: string;
  /** The policy document, as JSON values. */
  readonly document: object;
}
