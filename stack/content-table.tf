resource "aws_dynamodb_table" "content" {
  name         = "${local.stack_name}-content"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = local.table_hash_attribute

  attribute {
    name = local.table_hash_attribute
    type = "S"
  }

  ttl {
    attribute_name = local.table_ttl_attribute
    enabled        = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.main.arn
  }

  point_in_time_recovery {
    enabled = true
  }
}
