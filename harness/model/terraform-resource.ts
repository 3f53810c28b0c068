/** A managed resource of a Terraform state. */
export interface TerraformResource {
  /** `module.ingest.aws_lambda_function.this`. */
  readonly address: string;
  readonly type: string;
  /** Attributes under the provider's names. */
  readonly values: Readonly<Record<string, unknown>>;
}
