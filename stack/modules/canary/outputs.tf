output "function_name" {
  description = "Name of the function: `aws lambda invoke` runs the canary now."
  value       = module.function.function_name
}

output "function_arn" {
  description = "ARN of the function."
  value       = module.function.function_arn
}

output "role_arn" {
  description = "ARN of the role that the function runs as."
  value       = module.function.role_arn
}

output "log_group_name" {
  description = "Where each run's report is."
  value       = module.function.log_group_name
}

output "alarm_names" {
  description = "The alarms: the stack fails, and nothing is known of it."
  value = {
    failing = aws_cloudwatch_metric_alarm.failing.alarm_name
    blind   = aws_cloudwatch_metric_alarm.blind.alarm_name
  }
}

output "settings" {
  description = "What was asked for, in one place for tests."
  value       = module.function.settings
}
