# One key for everything that is encrypted with KMS. Its policy lists who may use it and by which way; each role's own
# policy says the same, so that narrowing the account's statement to administration (as hardened accounts do) stops
# nothing that runs.
resource "aws_kms_key" "main" {
  description             = "${local.stack_name}: stream, tables, bucket, functions and log groups"
  deletion_window_in_days = 7
  enable_key_rotation     = true
  policy                  = jsonencode({ Version = "2012-10-17", Statement = local.key_policy_statements })
}

resource "aws_kms_alias" "main" {
  name          = "alias/${local.stack_name}"
  target_key_id = aws_kms_key.main.key_id
}

locals {
  key_policy_statements = concat(local.key_administration, local.key_use_by_services, local.key_use_by_roles)

  key_administration = [{
    Sid       = "AccountAdministersKey"
    Effect    = "Allow"
    Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
    Action    = "kms:*"
    Resource  = "*"
  }]

  key_use_by_services = [
    {
      # What Kinesis does for a caller carries the caller's identity and is covered by the roles' statements below.
      Sid       = "KinesisInThisRegion"
      Effect    = "Allow"
      Principal = { Service = "kinesis.amazonaws.com" }
      Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
      Resource  = "*"
      Condition = { StringEquals = { "kms:ViaService" = "kinesis.${var.region}.amazonaws.com" } }
    },
    {
      Sid       = "LogGroupsOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = "logs.${var.region}.amazonaws.com" }
      Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
      Resource  = "*"
      Condition = {
        ArnLike = {
          "kms:EncryptionContext:aws:logs:arn" = "arn:${local.partition}:logs:${var.region}:${local.account_id}:log-group:*"
        }
      }
    },
    {
      Sid       = "LambdaInThisRegion"
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]
      Resource  = "*"
      Condition = { StringEquals = { "kms:ViaService" = "lambda.${var.region}.amazonaws.com" } }
    },
    {
      # A statement of its own: GrantIsForAWSResource is in the context of CreateGrant alone and would deny the rest.
      Sid       = "LambdaGrantsInThisRegion"
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "kms:CreateGrant"
      Resource  = "*"
      Condition = {
        StringEquals = { "kms:ViaService" = "lambda.${var.region}.amazonaws.com" }
        Bool         = { "kms:GrantIsForAWSResource" = "true" }
      }
    },
  ]

  key_use_by_roles = [
    {
      Sid       = "Producer"
      Effect    = "Allow"
      Principal = { AWS = module.ingest.role_arn }
      Action    = local.key_actions.produce
      Resource  = "*"
    },
    {
      Sid       = "Consumer"
      Effect    = "Allow"
      Principal = { AWS = module.processor.role_arn }
      Action    = local.key_actions.consume
      Resource  = "*"
    },
    {
      Sid       = "ContentFunction"
      Effect    = "Allow"
      Principal = { AWS = module.content.role_arn }
      Action    = local.key_actions.consume
      Resource  = "*"
    },
    {
      Sid       = "ProofInstance"
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.proof_instance.arn }
      Action    = local.key_actions.upload
      Resource  = "*"
    },
  ]

  # The same lists serve the key's policy and the roles' own.
  key_actions = {
    # Kinesis makes a data key for each PutRecord(s) in the producer's name.
    produce = ["kms:GenerateDataKey", "kms:DescribeKey"]
    # Reading a stream or an object decrypts; a table with this key decrypts and encrypts in the caller's name.
    consume = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
    # S3 makes a data key for each upload in the uploader's name, and decrypts it for the parts of a large one.
    upload = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]
  }
}
