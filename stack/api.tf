resource "aws_api_gateway_rest_api" "content" {
  name        = "${local.stack_name}-content"
  description = "POST /process keeps a JSON document in the content table"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "process" {
  rest_api_id = aws_api_gateway_rest_api.content.id
  parent_id   = aws_api_gateway_rest_api.content.root_resource_id
  path_part   = "process"
}

resource "aws_api_gateway_method" "process" {
  rest_api_id   = aws_api_gateway_rest_api.content.id
  resource_id   = aws_api_gateway_resource.process.id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "process" {
  rest_api_id             = aws_api_gateway_rest_api.content.id
  resource_id             = aws_api_gateway_resource.process.id
  http_method             = aws_api_gateway_method.process.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST" # Lambda's own API takes nothing else, whatever the method in front
  uri                     = module.content.function_invoke_arn
}

resource "aws_lambda_permission" "api" {
  statement_id  = "AllowInvokeFromApi"
  action        = "lambda:InvokeFunction"
  function_name = module.content.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.content.execution_arn}/*/POST/process" # any stage
}

resource "aws_api_gateway_deployment" "content" {
  rest_api_id = aws_api_gateway_rest_api.content.id

  triggers = {
    redeployment = sha256(jsonencode([
      aws_api_gateway_resource.process.path_part,
      aws_api_gateway_method.process.http_method,
      aws_api_gateway_method.process.authorization,
      aws_api_gateway_integration.process.type,
      aws_api_gateway_integration.process.uri,
    ]))
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_api_gateway_method.process, aws_api_gateway_integration.process]
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.content.id
  deployment_id = aws_api_gateway_deployment.content.id
  stage_name    = "live"

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api_access.arn
    format = jsonencode({
      requestId        = "$context.requestId"
      requestTime      = "$context.requestTime"
      sourceIp         = "$context.identity.sourceIp"
      httpMethod       = "$context.httpMethod"
      resourcePath     = "$context.resourcePath"
      status           = "$context.status"
      responseLength   = "$context.responseLength"
      responseLatency  = "$context.responseLatency"
      integrationError = "$context.integration.error"
    })
  }

  depends_on = [aws_api_gateway_account.logs, aws_cloudwatch_log_group.api_access]
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.content.id
  stage_name  = aws_api_gateway_stage.live.stage_name
  method_path = "*/*"

  settings {
    throttling_rate_limit  = var.api_throttle_requests_per_second
    throttling_burst_limit = var.api_throttle_burst
  }
}

resource "aws_cloudwatch_log_group" "api_access" {
  name              = "/aws/apigateway/${local.stack_name}-access"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.main.arn
}

# --- The one role by which API Gateway writes logs, for all APIs of the account in this region -----------------------

resource "aws_iam_role" "api_logs" {
  name        = "${local.global_name}-api-logs"
  description = "Lets API Gateway write logs to CloudWatch."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "apigateway.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "api_logs" {
  role       = aws_iam_role.api_logs.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "logs" {
  cloudwatch_role_arn = aws_iam_role.api_logs.arn

  # API Gateway tries the role before it accepts it.
  depends_on = [aws_iam_role_policy_attachment.api_logs]
}
