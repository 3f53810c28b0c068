resource "aws_s3_bucket" "content" {
  bucket        = local.content_bucket_name
  force_destroy = true # its versions and delete markers would keep it from being destroyed
}

resource "aws_s3_bucket_versioning" "content" {
  bucket = aws_s3_bucket.content.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "content" {
  bucket = aws_s3_bucket.content.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.main.arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "content" {
  bucket = aws_s3_bucket.content.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# Denies what does not come over TLS and nothing else: a wider deny would hit the stack's own roles too.
resource "aws_s3_bucket_policy" "content" {
  bucket = aws_s3_bucket.content.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.content.arn, "${aws_s3_bucket.content.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  depends_on = [aws_s3_bucket_public_access_block.content]
}

resource "aws_lambda_permission" "content_bucket" {
  statement_id   = "AllowInvokeFromContentBucket"
  action         = "lambda:InvokeFunction"
  function_name  = module.content.function_name
  principal      = "s3.amazonaws.com"
  source_arn     = aws_s3_bucket.content.arn
  source_account = local.account_id # a bucket's ARN does not name its account
}

# A bucket has ONE notification configuration: a second resource like this would wipe this one's rules. Add rules here.
resource "aws_s3_bucket_notification" "content" {
  bucket = aws_s3_bucket.content.id

  lambda_function {
    id                  = "objects-put-whole"
    lambda_function_arn = module.content.function_arn
    events              = ["s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy"]
  }

  lambda_function {
    id                  = "objects-put-in-parts"
    lambda_function_arn = module.content.function_arn
    events              = ["s3:ObjectCreated:CompleteMultipartUpload"]
  }

  # S3 checks that it may invoke the function before it accepts the rules.
  depends_on = [aws_lambda_permission.content_bucket]
}
