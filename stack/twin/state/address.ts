/** An address as `depends_on` spells it: `module.ingest.aws_lambda_function.this` for `module.ingest[0].aws_lambda_function.this["x"]`. */
export function withoutIndexes(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, "");
}
