# The rows A1 to A11 of what breaks in ALB -> ingest -> stream -> processor -> table, as far as a plan can show them.
# The first run applies to a mocked AWS, so that ARNs are known; the others look at what a plan makes of that state.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "applies" {}

run "a1_alb_is_public" {
  command = plan

  assert {
    condition     = aws_lb.main.internal == false && aws_lb.main.load_balancer_type == "application"
    error_message = "The load balancer must be an internet-facing ALB."
  }
  assert {
    condition     = toset(aws_lb.main.subnets) == toset(aws_subnet.public[*].id) && length(aws_lb.main.subnets) == 2
    error_message = "The load balancer must be in both public subnets."
  }
  assert {
    condition     = aws_route.public_internet.destination_cidr_block == "0.0.0.0/0" && aws_route.public_internet.gateway_id == aws_internet_gateway.main.id && aws_route.public_internet.route_table_id == aws_route_table.public.id
    error_message = "The public route table must have a default route to the internet gateway."
  }
  assert {
    condition     = aws_route_table_association.public[*].subnet_id == aws_subnet.public[*].id && alltrue([for association in aws_route_table_association.public : association.route_table_id == aws_route_table.public.id])
    error_message = "Both public subnets must use the public route table."
  }
  assert {
    condition     = length(toset(aws_subnet.public[*].availability_zone)) == 2 && length(toset(aws_subnet.private[*].availability_zone)) == 2
    error_message = "Public and private subnets must be in two zones."
  }
  assert {
    condition     = alltrue([for route in aws_route.private_nat : contains(aws_nat_gateway.main[*].id, route.nat_gateway_id)]) && alltrue([for gateway in aws_nat_gateway.main : contains(aws_subnet.public[*].id, gateway.subnet_id)])
    error_message = "Private subnets must leave through NAT gateways in public subnets."
  }
}

run "a2_alb_lets_http_in_from_anywhere_and_https_from_the_vpc" {
  command = plan

  assert {
    condition     = aws_vpc_security_group_ingress_rule.alb_http_ipv4.cidr_ipv4 == "0.0.0.0/0" && aws_vpc_security_group_ingress_rule.alb_http_ipv6.cidr_ipv6 == "::/0"
    error_message = "HTTP must be open to all IPv4 and IPv6 addresses."
  }
  assert {
    condition = alltrue([
      for rule in [aws_vpc_security_group_ingress_rule.alb_http_ipv4, aws_vpc_security_group_ingress_rule.alb_http_ipv6] :
      rule.from_port == 80 && rule.to_port == 80 && rule.ip_protocol == "tcp" && rule.security_group_id == aws_security_group.alb.id
    ])
    error_message = "What is open to all must be port 80 of the load balancer and nothing more."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.alb_https_vpc.cidr_ipv4 == var.vpc_cidr_block && aws_vpc_security_group_ingress_rule.alb_https_vpc.from_port == 443 && aws_vpc_security_group_ingress_rule.alb_https_vpc.to_port == 443
    error_message = "HTTPS must be open to the VPC alone."
  }
  assert {
    condition     = toset(aws_lb.main.security_groups) == toset([aws_security_group.alb.id])
    error_message = "The load balancer must use that security group and no other."
  }
}

run "a3_target_is_the_ingest_function" {
  command = plan

  assert {
    condition     = aws_lb_target_group.ingest.target_type == "lambda"
    error_message = "The target group must be of type lambda."
  }
  assert {
    condition     = aws_lb_target_group_attachment.ingest.target_group_arn == aws_lb_target_group.ingest.arn && aws_lb_target_group_attachment.ingest.target_id == module.ingest.function_arn
    error_message = "The ingest function must be attached to the target group."
  }
  assert {
    condition     = aws_lambda_permission.load_balancer.principal == "elasticloadbalancing.amazonaws.com" && aws_lambda_permission.load_balancer.action == "lambda:InvokeFunction" && aws_lambda_permission.load_balancer.function_name == module.ingest.function_name
    error_message = "Elastic Load Balancing must be allowed to invoke the ingest function."
  }
  assert {
    condition     = aws_lambda_permission.load_balancer.source_arn == aws_lb_target_group.ingest.arn
    error_message = "The permission must be bound to the target group."
  }
}

run "a4_events_table_scales" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.events.billing_mode == "PROVISIONED" && aws_dynamodb_table.events.read_capacity >= 1 && aws_dynamodb_table.events.write_capacity >= 1
    error_message = "The events table must have provisioned capacity: autoscaling has no effect on any other."
  }
  assert {
    condition     = toset([for target in aws_appautoscaling_target.events : target.scalable_dimension]) == toset(["dynamodb:table:ReadCapacityUnits", "dynamodb:table:WriteCapacityUnits"])
    error_message = "Reads and writes must both be scaled."
  }
  assert {
    condition     = alltrue([for target in aws_appautoscaling_target.events : target.resource_id == "table/${aws_dynamodb_table.events.name}" && target.service_namespace == "dynamodb" && target.min_capacity < target.max_capacity])
    error_message = "The targets must be the events table, with room to grow."
  }
  assert {
    condition = alltrue([
      for name, policy in aws_appautoscaling_policy.events :
      policy.policy_type == "TargetTrackingScaling" && policy.resource_id == aws_appautoscaling_target.events[name].resource_id && policy.scalable_dimension == aws_appautoscaling_target.events[name].scalable_dimension
    ]) && length(aws_appautoscaling_policy.events) == 2
    error_message = "Each target must have a target-tracking policy."
  }
  assert {
    condition = (
      aws_appautoscaling_policy.events["read"].target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].predefined_metric_type == "DynamoDBReadCapacityUtilization" &&
      aws_appautoscaling_policy.events["write"].target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].predefined_metric_type == "DynamoDBWriteCapacityUtilization"
    )
    error_message = "Reads must scale with reads and writes with writes."
  }
}

run "a5_stream_key_is_usable" {
  command = plan

  assert {
    condition     = aws_kinesis_stream.events.encryption_type == "KMS" && aws_kinesis_stream.events.kms_key_id == aws_kms_key.main.arn
    error_message = "The stream must be encrypted with the key."
  }
  assert {
    condition = length([
      for statement in jsondecode(aws_kms_key.main.policy).Statement : statement
      if statement.Effect == "Allow" && try(statement.Principal.AWS, "") == module.ingest.role_arn && toset(flatten([statement.Action])) == toset(["kms:GenerateDataKey", "kms:DescribeKey"])
    ]) == 1
    error_message = "The key's policy must let the producer generate data keys and describe the key."
  }
  assert {
    condition = length([
      for statement in jsondecode(aws_kms_key.main.policy).Statement : statement
      if statement.Effect == "Allow" && try(statement.Principal.AWS, "") == module.processor.role_arn && length(setsubtract(["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"], flatten([statement.Action]))) == 0
    ]) == 1
    error_message = "The key's policy must let the consumer encrypt, decrypt, generate data keys and describe the key."
  }
  assert {
    condition = length([
      for statement in jsondecode(aws_kms_key.main.policy).Statement : statement
      if try(statement.Principal.Service, "") == "kinesis.amazonaws.com" && try(statement.Condition.StringEquals["kms:ViaService"], "") == "kinesis.us-east-1.amazonaws.com"
    ]) == 1
    error_message = "The key's policy must admit Kinesis through kms:ViaService of this region."
  }
  assert {
    condition = anytrue([
      for statement in module.ingest.settings.policy_statements :
      statement.Effect == "Allow" && statement.Resource == aws_kms_key.main.arn && length(setsubtract(["kms:GenerateDataKey", "kms:DescribeKey"], flatten([statement.Action]))) == 0
    ])
    error_message = "The producer's role must be able to use the key."
  }
  assert {
    condition = anytrue([
      for statement in module.processor.settings.policy_statements :
      statement.Effect == "Allow" && statement.Resource == aws_kms_key.main.arn && length(setsubtract(["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"], flatten([statement.Action]))) == 0
    ])
    error_message = "The consumer's role must be able to use the key."
  }
}

run "a6_key_principals_exist" {
  command = plan

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_kms_key.main.policy).Statement :
      can(regex("^arn:aws:iam::123456789012:(root|role/[A-Za-z0-9+=,.@_-]+)$", statement.Principal.AWS))
      if can(statement.Principal.AWS)
    ])
    error_message = "Every principal must be this account's root or one of its roles."
  }
  assert {
    condition     = length([for statement in jsondecode(aws_kms_key.main.policy).Statement : statement if try(statement.Principal.AWS, "") == "arn:aws:iam::123456789012:root" && statement.Action == "kms:*"]) == 1
    error_message = "The account must administer the key."
  }
}

run "a7_logs_bucket_is_hardened_and_wired" {
  command = plan

  assert {
    condition     = aws_s3_bucket.logs.bucket == "stackproof-dev-logs-123456789012-us-east-1"
    error_message = "The name must be a function of variables and the account."
  }
  assert {
    condition     = aws_s3_bucket_public_access_block.logs.block_public_acls && aws_s3_bucket_public_access_block.logs.block_public_policy && aws_s3_bucket_public_access_block.logs.ignore_public_acls && aws_s3_bucket_public_access_block.logs.restrict_public_buckets && aws_s3_bucket_public_access_block.logs.bucket == aws_s3_bucket.logs.id
    error_message = "All public access must be blocked."
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.logs.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "Encryption must be AES256: access logs are delivered to no other bucket."
  }
  assert {
    condition = length([
      for statement in jsondecode(aws_s3_bucket_policy.logs.policy).Statement : statement
      if statement.Effect == "Allow" && try(statement.Principal.Service, "") == "logdelivery.elasticloadbalancing.amazonaws.com" && statement.Action == "s3:PutObject" && statement.Resource == "${aws_s3_bucket.logs.arn}/${one(aws_lb.main.access_logs).prefix}/AWSLogs/123456789012/*"
    ]) == 1
    error_message = "The load balancer must be allowed to deliver where it is told to."
  }
  assert {
    condition     = one(aws_lb.main.access_logs).enabled && one(aws_lb.main.access_logs).bucket == aws_s3_bucket.logs.id
    error_message = "The load balancer must write its access logs to the logs bucket."
  }
}

run "a8_flow_logs_are_delivered" {
  command = plan

  assert {
    condition     = aws_flow_log.vpc.vpc_id == aws_vpc.main.id && aws_flow_log.vpc.traffic_type == "ALL"
    error_message = "The whole VPC's traffic must be logged."
  }
  assert {
    condition     = aws_flow_log.vpc.log_destination == aws_cloudwatch_log_group.flow_logs.arn && aws_flow_log.vpc.log_destination_type == "cloud-watch-logs" && aws_flow_log.vpc.iam_role_arn == aws_iam_role.flow_logs.arn
    error_message = "The flow log must go to its group with its role."
  }
  assert {
    condition     = jsondecode(aws_iam_role.flow_logs.assume_role_policy).Statement[0].Principal.Service == "vpc-flow-logs.amazonaws.com"
    error_message = "The flow logs service must be able to assume the role."
  }
  assert {
    condition = anytrue([
      for statement in jsondecode(aws_iam_role_policy.flow_logs.policy).Statement :
      length(setsubtract(["logs:CreateLogStream", "logs:PutLogEvents"], flatten([statement.Action]))) == 0 && contains(flatten([statement.Resource]), "${aws_cloudwatch_log_group.flow_logs.arn}:*")
    ]) && aws_iam_role_policy.flow_logs.role == aws_iam_role.flow_logs.id
    error_message = "The role must be able to write to the group."
  }
  assert {
    condition     = aws_cloudwatch_log_group.flow_logs.kms_key_id == aws_kms_key.main.arn && aws_cloudwatch_log_group.flow_logs.retention_in_days == var.log_retention_days
    error_message = "The group must be encrypted with the key and forget."
  }
}

run "a9_functions_are_what_the_repo_builds" {
  command = plan

  assert {
    condition = alltrue([
      for name, settings in { ingest = module.ingest.settings, processor = module.processor.settings, content = module.content.settings } :
      settings.filename == "./dist/${name}.zip" && settings.source_code_hash == filebase64sha256("./dist/${name}.zip")
    ])
    error_message = "Each function must be the zip of its name in dist/, and its hash must be that zip's."
  }
}

run "a10_there_is_a_public_way_in" {
  command = plan

  assert {
    condition     = aws_lb_listener.http.load_balancer_arn == aws_lb.main.arn && aws_lb_listener.http.port == 80 && aws_lb_listener.http.protocol == "HTTP"
    error_message = "The load balancer must listen on port 80."
  }
  assert {
    condition     = aws_lb_listener.http.default_action[0].type == "forward" && aws_lb_listener.http.default_action[0].target_group_arn == aws_lb_target_group.ingest.arn
    error_message = "The listener must forward to the ingest target group."
  }
  assert {
    condition     = aws_lb_target_group.ingest.health_check[0].path == "/health" && aws_lb_target_group.ingest.health_check[0].matcher == "200" && aws_lb_target_group.ingest.health_check[0].enabled
    error_message = "Health must be a 200 of /health."
  }
  assert {
    condition     = module.ingest.settings.environment == tomap({ STREAM_NAME = aws_kinesis_stream.events.name })
    error_message = "The ingest function must know the stream."
  }
}

run "a11_stream_has_a_producer_and_a_consumer" {
  command = plan

  assert {
    condition = anytrue([
      for statement in module.ingest.settings.policy_statements :
      toset(flatten([statement.Action])) == toset(["kinesis:PutRecord", "kinesis:PutRecords"]) && statement.Resource == aws_kinesis_stream.events.arn
    ])
    error_message = "The producer's role must be able to put records into the stream."
  }
  assert {
    condition = anytrue([
      for statement in module.processor.settings.policy_statements :
      length(setsubtract(["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"], flatten([statement.Action]))) == 0 && statement.Resource == aws_kinesis_stream.events.arn
    ])
    error_message = "The consumer's role must be able to read the stream."
  }
  assert {
    condition     = aws_lambda_event_source_mapping.events.enabled && aws_lambda_event_source_mapping.events.event_source_arn == aws_kinesis_stream.events.arn && aws_lambda_event_source_mapping.events.function_name == module.processor.function_arn
    error_message = "An enabled mapping must feed the stream to the processor."
  }
  assert {
    condition     = aws_lambda_event_source_mapping.events.starting_position == "TRIM_HORIZON"
    error_message = "Records put before the mapping is ready must be read too."
  }
  assert {
    condition     = contains(aws_lambda_event_source_mapping.events.function_response_types, "ReportBatchItemFailures") && aws_lambda_event_source_mapping.events.bisect_batch_on_function_error && aws_lambda_event_source_mapping.events.maximum_retry_attempts >= 0
    error_message = "A poison record must be isolated and given up on in the end, or it blocks its shard."
  }
  assert {
    condition     = aws_lambda_event_source_mapping.events.destination_config[0].on_failure[0].destination_arn == aws_s3_bucket.logs.arn
    error_message = "A record that is given up on must be kept."
  }
  assert {
    condition     = module.processor.settings.environment == tomap({ TABLE_NAME = aws_dynamodb_table.events.name })
    error_message = "The processor must know the table."
  }
  assert {
    condition = anytrue([
      for statement in module.processor.settings.policy_statements :
      contains(flatten([statement.Action]), "dynamodb:BatchWriteItem") && statement.Resource == aws_dynamodb_table.events.arn
    ])
    error_message = "The consumer's role must be able to write to the events table."
  }
}
