# ALB -> stream: see functions/ingest.
module "ingest" {
  source = "./modules/function"

  name                 = "${local.stack_name}-ingest"
  role_name            = "${local.global_name}-ingest"
  description          = "Puts the events of an HTTP request into the stream"
  zip_file             = "${path.module}/dist/ingest.zip"
  memory_mb            = var.ingest_memory_mb
  timeout_seconds      = 20
  reserved_concurrency = var.ingest_reserved_concurrency
  kms_key_arn          = aws_kms_key.main.arn
  log_retention_days   = var.log_retention_days

  environment = { STREAM_NAME = aws_kinesis_stream.events.name }

  policy_statements = [
    {
      Sid      = "PutEvents"
      Effect   = "Allow"
      Action   = ["kinesis:PutRecord", "kinesis:PutRecords"]
      Resource = aws_kinesis_stream.events.arn
    },
    {
      Sid      = "UseKey"
      Effect   = "Allow"
      Action   = local.key_actions.produce
      Resource = aws_kms_key.main.arn
    },
  ]
}
