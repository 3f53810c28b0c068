# The rows B1 to B15 of what breaks in S3 and API Gateway -> content function -> table, as far as a plan can show them.
# B13 is a matter of the verifier. What must exist before what (B1, B8, B14) is in snapshot/snapshot.test.ts.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "applies" {}

run "b1_bucket_may_invoke_the_function" {
  command = plan

  assert {
    condition     = aws_lambda_permission.content_bucket.principal == "s3.amazonaws.com" && aws_lambda_permission.content_bucket.action == "lambda:InvokeFunction" && aws_lambda_permission.content_bucket.function_name == module.content.function_name
    error_message = "S3 must be allowed to invoke the content function."
  }
  assert {
    condition     = aws_lambda_permission.content_bucket.source_arn == aws_s3_bucket.content.arn && aws_lambda_permission.content_bucket.source_account == "123456789012"
    error_message = "The permission must be bound to the content bucket of this account."
  }
}

run "b2_function_may_use_its_table_and_no_other" {
  command = plan

  assert {
    condition = anytrue([
      for statement in module.content.settings.policy_statements :
      statement.Effect == "Allow" && statement.Resource == aws_dynamodb_table.content.arn && toset(flatten([statement.Action])) == toset(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:Query", "dynamodb:Scan"])
    ])
    error_message = "The content function's role must have the six actions on its table."
  }
  assert {
    condition = alltrue(flatten([
      for name, settings in { content = module.content.settings, processor = module.processor.settings, ingest = module.ingest.settings } : [
        for statement in settings.policy_statements :
        statement.Resource == { content = aws_dynamodb_table.content.arn, processor = aws_dynamodb_table.events.arn, ingest = "none" }[name]
        if anytrue([for action in flatten([statement.Action]) : startswith(action, "dynamodb:") || action == "*"])
      ]
    ]))
    error_message = "Table actions must be granted on the function's own table alone."
  }
  assert {
    condition     = module.content.settings.environment == tomap({ TABLE_NAME = aws_dynamodb_table.content.name })
    error_message = "The content function must know its table."
  }
}

run "b3_services_may_use_the_key" {
  command = plan

  assert {
    condition = length([
      for statement in jsondecode(aws_kms_key.main.policy).Statement : statement
      if try(statement.Principal.Service, "") == "logs.us-east-1.amazonaws.com" && length(setsubtract(["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"], flatten([statement.Action]))) == 0
    ]) == 1
    error_message = "The key's policy must name the logs service of this region."
  }
  assert {
    condition = length([
      for statement in jsondecode(aws_kms_key.main.policy).Statement : statement
      if try(statement.Principal.Service, "") == "lambda.amazonaws.com" && length(setsubtract(["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"], flatten([statement.Action]))) == 0 && jsonencode(try(statement.Condition, null)) == jsonencode({ StringEquals = { "kms:ViaService" = "lambda.us-east-1.amazonaws.com" } })
    ]) == 1
    error_message = "The key's policy must let Lambda use the key through kms:ViaService of this region, without a condition that only grants meet."
  }
  assert {
    condition = length([
      for statement in jsondecode(aws_kms_key.main.policy).Statement : statement
      if try(statement.Principal.Service, "") == "lambda.amazonaws.com" && statement.Action == "kms:CreateGrant" && try(statement.Condition.StringEquals["kms:ViaService"], "") == "lambda.us-east-1.amazonaws.com" && try(statement.Condition.Bool["kms:GrantIsForAWSResource"], "") == "true"
    ]) == 1
    error_message = "The key's policy must let Lambda create grants for AWS resources."
  }
  assert {
    condition     = alltrue([for settings in [module.ingest.settings, module.processor.settings, module.content.settings] : settings.kms_key_arn == aws_kms_key.main.arn])
    error_message = "The functions' environments must be encrypted with the key."
  }
}

run "b4_bucket_denies_what_is_not_tls_and_nothing_else" {
  command = plan

  assert {
    condition = jsondecode(aws_s3_bucket_policy.content.policy).Statement == [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.content.arn, "${aws_s3_bucket.content.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
    error_message = "The content bucket's policy must be the TLS rule and nothing else."
  }
  assert {
    condition     = aws_s3_bucket_policy.content.bucket == aws_s3_bucket.content.id
    error_message = "The policy must be the content bucket's."
  }
}

run "b5_bucket_is_encrypted_versioned_and_private" {
  command = plan

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.content.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms" && one(one(aws_s3_bucket_server_side_encryption_configuration.content.rule).apply_server_side_encryption_by_default).kms_master_key_id == aws_kms_key.main.arn
    error_message = "Objects must be encrypted with the key by default."
  }
  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.content.rule).bucket_key_enabled && aws_s3_bucket_server_side_encryption_configuration.content.bucket == aws_s3_bucket.content.id
    error_message = "The bucket must use a bucket key."
  }
  assert {
    condition     = aws_s3_bucket_versioning.content.versioning_configuration[0].status == "Enabled" && aws_s3_bucket_versioning.content.bucket == aws_s3_bucket.content.id
    error_message = "The bucket must be versioned."
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.content.block_public_acls && aws_s3_bucket_public_access_block.content.block_public_policy && aws_s3_bucket_public_access_block.content.ignore_public_acls && aws_s3_bucket_public_access_block.content.restrict_public_buckets && aws_s3_bucket_public_access_block.content.bucket == aws_s3_bucket.content.id
    error_message = "All public access must be blocked."
  }
}

run "b6_the_zip_alone_decides_whether_a_function_is_updated" {
  command = plan

  assert {
    condition = alltrue([
      for name, settings in { ingest = module.ingest.settings, processor = module.processor.settings, content = module.content.settings } :
      settings.source_code_hash == filebase64sha256("./dist/${name}.zip")
    ])
    error_message = "The hash must be of the zip that the build made: nothing is packed while planning."
  }
}

run "b7_api_is_integrated_with_the_function" {
  command = plan

  assert {
    condition     = aws_api_gateway_resource.process.path_part == "process" && aws_api_gateway_method.process.http_method == "POST" && aws_api_gateway_method.process.resource_id == aws_api_gateway_resource.process.id
    error_message = "The API must have POST /process."
  }
  assert {
    condition     = aws_api_gateway_integration.process.type == "AWS_PROXY" && aws_api_gateway_integration.process.integration_http_method == "POST" && aws_api_gateway_integration.process.uri == module.content.function_invoke_arn
    error_message = "The integration must be a Lambda proxy of the content function."
  }
  assert {
    condition     = aws_lambda_permission.api.principal == "apigateway.amazonaws.com" && aws_lambda_permission.api.action == "lambda:InvokeFunction" && aws_lambda_permission.api.function_name == module.content.function_name
    error_message = "API Gateway must be allowed to invoke the content function."
  }
  assert {
    condition     = aws_lambda_permission.api.source_arn == "${aws_api_gateway_rest_api.content.execution_arn}/*/POST/process"
    error_message = "The permission must cover POST /process on any stage of this API."
  }
  assert {
    condition     = aws_api_gateway_stage.live.deployment_id == aws_api_gateway_deployment.content.id && aws_api_gateway_stage.live.rest_api_id == aws_api_gateway_rest_api.content.id
    error_message = "The stage must serve the deployment."
  }
}

run "b8_log_groups_are_encrypted_and_forget" {
  command = plan

  assert {
    condition     = alltrue([for settings in [module.ingest.settings, module.processor.settings, module.content.settings] : settings.log_kms_key_arn == aws_kms_key.main.arn && settings.log_retention == var.log_retention_days])
    error_message = "Each function's log group must have the key and a retention."
  }
  assert {
    condition     = [module.ingest.log_group_name, module.processor.log_group_name, module.content.log_group_name] == [for name in [module.ingest.function_name, module.processor.function_name, module.content.function_name] : "/aws/lambda/${name}"]
    error_message = "Each function's log group must have the name that Lambda writes to."
  }
  assert {
    condition     = aws_cloudwatch_log_group.api_access.kms_key_id == aws_kms_key.main.arn && aws_cloudwatch_log_group.api_access.retention_in_days == var.log_retention_days
    error_message = "The access log group must have the key and a retention."
  }
  assert {
    condition     = alltrue(flatten([for settings in [module.ingest.settings, module.processor.settings, module.content.settings] : [for statement in settings.policy_statements : !contains(flatten([statement.Action]), "logs:CreateLogGroup")]]))
    error_message = "No function may create a log group: it would be unencrypted."
  }
}

run "b9_one_notification_has_every_rule" {
  command = plan

  assert {
    condition     = toset(flatten([for rule in aws_s3_bucket_notification.content.lambda_function : rule.events])) == toset(["s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy", "s3:ObjectCreated:CompleteMultipartUpload"])
    error_message = "Every way to create an object must be notified."
  }
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_notification.content.lambda_function : rule.lambda_function_arn == module.content.function_arn]) && aws_s3_bucket_notification.content.bucket == aws_s3_bucket.content.id
    error_message = "The content bucket must notify the content function."
  }
}

run "b10_tables_are_recoverable" {
  command = plan

  assert {
    condition     = alltrue([for table in [aws_dynamodb_table.content, aws_dynamodb_table.events] : table.point_in_time_recovery[0].enabled])
    error_message = "Point-in-time recovery must be on."
  }
  assert {
    condition     = alltrue([for table in [aws_dynamodb_table.content, aws_dynamodb_table.events] : table.server_side_encryption[0].enabled && table.server_side_encryption[0].kms_key_arn == aws_kms_key.main.arn])
    error_message = "The tables must be encrypted with the key."
  }
  assert {
    condition     = alltrue([for table in [aws_dynamodb_table.content, aws_dynamodb_table.events] : table.hash_key == "id" && table.ttl[0].enabled && table.ttl[0].attribute_name == "expires_at"])
    error_message = "The tables must have the key id and let items expire by expires_at."
  }
}

run "b11_buckets_can_be_destroyed" {
  command = plan

  assert {
    condition     = aws_s3_bucket.content.force_destroy == true && aws_s3_bucket.logs.force_destroy == true
    error_message = "Versions and logs must not keep the buckets from being destroyed."
  }
}

run "b12_instance_can_write_its_proof" {
  command = plan

  assert {
    condition = anytrue([
      for statement in jsondecode(aws_iam_role_policy.proof_instance.policy).Statement :
      statement.Resource == aws_kms_key.main.arn && length(setsubtract(["kms:Encrypt", "kms:GenerateDataKey*", "kms:DescribeKey"], flatten([statement.Action]))) == 0
      ]) && anytrue([
      for statement in jsondecode(aws_iam_role_policy.proof_instance.policy).Statement :
      statement.Resource == "${aws_s3_bucket.content.arn}/${output.proof_object_key}" && statement.Action == "s3:PutObject"
    ])
    error_message = "The instance role must be able to put the proof object with the key."
  }
  assert {
    condition = length([
      for statement in jsondecode(aws_kms_key.main.policy).Statement : statement
      if try(statement.Principal.AWS, "") == aws_iam_role.proof_instance.arn && length(setsubtract(["kms:Encrypt", "kms:GenerateDataKey*", "kms:DescribeKey"], flatten([statement.Action]))) == 0
    ]) == 1
    error_message = "The key's policy must name the instance role."
  }
  assert {
    condition     = aws_instance.proof.iam_instance_profile == aws_iam_instance_profile.proof_instance.name && aws_iam_instance_profile.proof_instance.role == aws_iam_role.proof_instance.name
    error_message = "The instance must run with the instance role."
  }
  assert {
    condition     = strcontains(local.proof_script, "aws s3 cp") && strcontains(local.proof_script, "aws s3api put-object") && strcontains(local.proof_script, "--server-side-encryption aws:kms --ssekms-key-id '${aws_kms_key.main.arn}'")
    error_message = "The script must have two ways to put the object, encrypted with the key."
  }
  assert {
    condition     = aws_instance.proof.subnet_id == aws_subnet.public[0].id && aws_subnet.public[0].map_public_ip_on_launch
    error_message = "The instance must have a way out."
  }
  assert {
    condition     = aws_instance.proof.metadata_options[0].http_tokens == "required" && aws_instance.proof.root_block_device[0].encrypted && aws_instance.proof.root_block_device[0].kms_key_id == aws_kms_key.main.arn
    error_message = "The instance must use IMDSv2 and an encrypted disk."
  }
}

run "b14_api_writes_access_logs" {
  command = plan

  assert {
    condition     = aws_api_gateway_account.logs.cloudwatch_role_arn == aws_iam_role.api_logs.arn
    error_message = "The account's API Gateway must have a role to write logs with."
  }
  assert {
    condition     = aws_iam_role_policy_attachment.api_logs.policy_arn == "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs" && aws_iam_role_policy_attachment.api_logs.role == aws_iam_role.api_logs.name
    error_message = "The role must have AWS' policy for that."
  }
  assert {
    condition     = jsondecode(aws_iam_role.api_logs.assume_role_policy).Statement[0].Principal.Service == "apigateway.amazonaws.com"
    error_message = "API Gateway must be able to assume the role."
  }
  assert {
    condition     = aws_api_gateway_stage.live.access_log_settings[0].destination_arn == aws_cloudwatch_log_group.api_access.arn && strcontains(aws_api_gateway_stage.live.access_log_settings[0].format, "$context.requestId")
    error_message = "The stage must log each request to its group."
  }
}

run "b15_outputs_are_complete" {
  command = plan

  assert {
    condition = alltrue([
      for value in [
        output.region,
        output.account_id,
        output.environment,
        output.stack_name,
        output.vpc_id,
        output.flow_log_id,
        output.flow_log_group_name,
        output.alb_arn,
        output.alb_dns_name,
        output.alb_url,
        output.alb_security_group_id,
        output.alb_listener_arn,
        output.target_group_arn,
        output.ingest_function_name,
        output.ingest_function_arn,
        output.ingest_log_group_name,
        output.stream_name,
        output.stream_arn,
        output.event_source_mapping_id,
        output.processor_function_name,
        output.processor_function_arn,
        output.processor_log_group_name,
        output.events_table_name,
        output.events_table_arn,
        output.api_id,
        output.api_stage_name,
        output.api_url,
        output.api_execution_arn,
        output.api_access_log_group_name,
        output.content_bucket_name,
        output.content_bucket_arn,
        output.content_function_name,
        output.content_function_arn,
        output.content_log_group_name,
        output.content_table_name,
        output.content_table_arn,
        output.logs_bucket_name,
        output.logs_bucket_arn,
        output.kms_key_id,
        output.kms_key_arn,
        output.kms_key_alias,
        output.proof_instance_id,
        output.proof_instance_public_ip,
        output.proof_object_key,
      ] : value != null && value != ""
    ])
    error_message = "No output may be empty."
  }
  assert {
    condition     = length(output.public_subnet_ids) == 2 && length(output.private_subnet_ids) == 2
    error_message = "Both zones' subnets must be named."
  }
  assert {
    condition     = output.alb_url == "http://${output.alb_dns_name}" && startswith(output.api_url, "https://")
    error_message = "The entries must be URLs."
  }
}
