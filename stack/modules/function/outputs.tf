output "function_name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "function_arn" {
  description = "ARN of the function."
  value       = aws_lambda_function.this.arn
}

output "function_invoke_arn" {
  description = "ARN by which API Gateway invokes the function."
  value       = aws_lambda_function.this.invoke_arn
}

output "role_arn" {
  description = "ARN of the role that the function runs as."
  value       = aws_iam_role.this.arn
}

output "log_group_name" {
  description = "Name of the function's log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "settings" {
  description = "What was asked for, in one place for tests: function, log group and the role's policy."
  value = {
    environment       = one(aws_lambda_function.this.environment).variables
    filename          = aws_lambda_function.this.filename
    source_code_hash  = aws_lambda_function.this.source_code_hash
    kms_key_arn       = aws_lambda_function.this.kms_key_arn
    log_kms_key_arn   = aws_cloudwatch_log_group.this.kms_key_id
    log_retention     = aws_cloudwatch_log_group.this.retention_in_days
    policy_statements = jsondecode(aws_iam_role_policy.this.policy).Statement
  }
}
