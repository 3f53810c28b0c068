resource "aws_kinesis_stream" "events" {
  name                      = "${local.stack_name}-events"
  shard_count               = var.stream_shard_count
  retention_period          = var.stream_retention_hours
  encryption_type           = "KMS"
  kms_key_id                = aws_kms_key.main.arn
  enforce_consumer_deletion = true

  stream_mode_details {
    stream_mode = "PROVISIONED"
  }
}
