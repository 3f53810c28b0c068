# What AWS would answer, as far as the configuration looks at it: ARNs of the right form, two zones, an account.
# Resources that a policy must tell apart have ARNs of their own; the others share one per type.

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws" }
}

mock_data "aws_availability_zones" {
  defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c"] }
}

mock_data "aws_ssm_parameter" {
  defaults = { insecure_value = "ami-0123456789abcdef0" }
}

mock_resource "aws_api_gateway_rest_api" {
  defaults = { execution_arn = "arn:aws:execute-api:us-east-1:123456789012:abcdefghij" }
}

mock_resource "aws_api_gateway_stage" {
  defaults = { invoke_url = "https://abcdefghij.execute-api.us-east-1.amazonaws.com/live" }
}

mock_resource "aws_instance" {
  defaults = { public_ip = "203.0.113.10" }
}

mock_resource "aws_kinesis_stream" {
  defaults = { arn = "arn:aws:kinesis:us-east-1:123456789012:stream/events" }
}

mock_resource "aws_kms_key" {
  defaults = {
    arn    = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    key_id = "11111111-2222-3333-4444-555555555555"
  }
}

mock_resource "aws_lb" {
  defaults = {
    arn      = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/main/0123456789abcdef"
    dns_name = "main-1.us-east-1.elb.amazonaws.com"
  }
}

mock_resource "aws_lb_listener" {
  defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/main/0123456789abcdef/fedcba9876543210" }
}

mock_resource "aws_lb_target_group" {
  defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/ingest/0123456789abcdef" }
}

override_resource {
  target = aws_cloudwatch_log_group.flow_logs
  values = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:flow-logs" }
}

override_resource {
  target = aws_cloudwatch_log_group.api_access
  values = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:api-access" }
}

override_resource {
  target = aws_dynamodb_table.events
  values = { arn = "arn:aws:dynamodb:us-east-1:123456789012:table/events" }
}

override_resource {
  target = aws_dynamodb_table.content
  values = { arn = "arn:aws:dynamodb:us-east-1:123456789012:table/content" }
}

override_resource {
  target = aws_iam_role.flow_logs
  values = { arn = "arn:aws:iam::123456789012:role/flow-logs" }
}

override_resource {
  target = aws_iam_role.api_logs
  values = { arn = "arn:aws:iam::123456789012:role/api-logs" }
}

override_resource {
  target = aws_iam_role.proof_instance
  values = { arn = "arn:aws:iam::123456789012:role/proof-instance" }
}

override_resource {
  target = aws_s3_bucket.content
  values = { arn = "arn:aws:s3:::content" }
}

override_resource {
  target = aws_s3_bucket.logs
  values = { arn = "arn:aws:s3:::logs" }
}

override_resource {
  target = module.ingest.aws_cloudwatch_log_group.this
  values = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:ingest" }
}

override_resource {
  target = module.ingest.aws_iam_role.this
  values = { arn = "arn:aws:iam::123456789012:role/ingest" }
}

override_resource {
  target = module.ingest.aws_lambda_function.this
  values = {
    arn        = "arn:aws:lambda:us-east-1:123456789012:function:ingest"
    invoke_arn = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:ingest/invocations"
  }
}

override_resource {
  target = module.processor.aws_cloudwatch_log_group.this
  values = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:processor" }
}

override_resource {
  target = module.processor.aws_iam_role.this
  values = { arn = "arn:aws:iam::123456789012:role/processor" }
}

override_resource {
  target = module.processor.aws_lambda_function.this
  values = {
    arn        = "arn:aws:lambda:us-east-1:123456789012:function:processor"
    invoke_arn = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:processor/invocations"
  }
}

override_resource {
  target = module.content.aws_cloudwatch_log_group.this
  values = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:content" }
}

override_resource {
  target = module.content.aws_iam_role.this
  values = { arn = "arn:aws:iam::123456789012:role/content" }
}

override_resource {
  target = module.content.aws_lambda_function.this
  values = {
    arn        = "arn:aws:lambda:us-east-1:123456789012:function:content"
    invoke_arn = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:content/invocations"
  }
}
