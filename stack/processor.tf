# Stream -> events table: see functions/processor.
module "processor" {
  source = "./modules/function"

  name                 = "${local.stack_name}-processor"
  role_name            = "${local.global_name}-processor"
  description          = "Writes the stream's events into the events table"
  zip_file             = "${path.module}/dist/processor.zip"
  memory_mb            = var.processor_memory_mb
  timeout_seconds      = 60
  reserved_concurrency = var.processor_reserved_concurrency
  kms_key_arn          = aws_kms_key.main.arn
  log_retention_days   = var.log_retention_days

  environment = { TABLE_NAME = aws_dynamodb_table.events.name }

  policy_statements = [
    {
      Sid    = "ReadStream"
      Effect = "Allow"
      Action = [
        "kinesis:DescribeStream",
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
      ]
      Resource = aws_kinesis_stream.events.arn
    },
    {
      Sid      = "WriteEvents"
      Effect   = "Allow"
      Action   = ["dynamodb:BatchWriteItem", "dynamodb:PutItem"]
      Resource = aws_dynamodb_table.events.arn
    },
    {
      Sid      = "UseKey"
      Effect   = "Allow"
      Action   = local.key_actions.consume
      Resource = aws_kms_key.main.arn
    },
    {
      Sid      = "FindDiscardedRecordsBucket"
      Effect   = "Allow"
      Action   = "s3:ListBucket"
      Resource = aws_s3_bucket.logs.arn
    },
    {
      Sid      = "KeepDiscardedRecords"
      Effect   = "Allow"
      Action   = "s3:PutObject"
      Resource = "${aws_s3_bucket.logs.arn}/aws/lambda/*"
    },
  ]
}

# A failing record is tried again, alone if it must be, and at last set aside with its payload: by default it would be
# tried until it expires, with everything behind it on its shard waiting for it.
resource "aws_lambda_event_source_mapping" "events" {
  event_source_arn               = aws_kinesis_stream.events.arn
  function_name                  = module.processor.function_arn
  enabled                        = true
  starting_position              = "TRIM_HORIZON"
  batch_size                     = var.mapping_batch_size
  parallelization_factor         = var.mapping_parallelization_factor
  function_response_types        = ["ReportBatchItemFailures"]
  bisect_batch_on_function_error = true
  maximum_retry_attempts         = var.mapping_maximum_retry_attempts
  maximum_record_age_in_seconds  = -1

  destination_config {
    on_failure {
      destination_arn = aws_s3_bucket.logs.arn
    }
  }

  # Creating the mapping reads the stream with the function's role.
  depends_on = [module.processor]
}
