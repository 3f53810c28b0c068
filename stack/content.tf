# S3 and API Gateway -> content table: see functions/content.
module "content" {
  source = "./modules/function"

  name                 = "${local.stack_name}-content"
  role_name            = "${local.global_name}-content"
  description          = "Keeps what is uploaded or posted in the content table"
  zip_file             = "${path.module}/dist/content.zip"
  memory_mb            = var.content_memory_mb
  timeout_seconds      = 29 # API Gateway waits no longer
  reserved_concurrency = var.content_reserved_concurrency
  kms_key_arn          = aws_kms_key.main.arn
  log_retention_days   = var.log_retention_days

  environment = { TABLE_NAME = aws_dynamodb_table.content.name }

  policy_statements = [
    {
      Sid    = "UseTable"
      Effect = "Allow"
      Action = [
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:Query",
        "dynamodb:Scan",
      ]
      Resource = aws_dynamodb_table.content.arn
    },
    {
      Sid      = "ReadObjects"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:GetObjectVersion"]
      Resource = "${aws_s3_bucket.content.arn}/*"
    },
    {
      Sid      = "UseKey"
      Effect   = "Allow"
      Action   = local.key_actions.consume
      Resource = aws_kms_key.main.arn
    },
  ]
}
