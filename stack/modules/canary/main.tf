# The canary as a function that a schedule calls, and two alarms on what it says: the stack fails, or nobody knows whether it does.

data "aws_caller_identity" "current" {}

module "function" {
  source = "../function"

  name                 = var.name
  role_name            = var.name
  description          = "Sends one event through every entry of ${var.stack} and follows it to its sink."
  zip_file             = var.zip_file
  memory_mb            = var.memory_mb
  timeout_seconds      = var.timeout_seconds
  reserved_concurrency = -1
  kms_key_arn          = var.kms_key_arn
  log_retention_days   = var.log_retention_days
  policy_statements    = jsondecode(var.policy_json).Statement

  environment = merge(
    { STACKPROOF_OUTPUTS = jsonencode(var.outputs), STACKPROOF_STACK = var.stack },
    var.watch == null ? {} : { STACKPROOF_WATCH = join(",", coalesce(var.watch, [])) },
    var.longest_wait_seconds == null ? {} : { STACKPROOF_WAIT_SECONDS = tostring(var.longest_wait_seconds) },
  )
}

# A second try would be a run that the schedule did not ask for, and would hide that the first one failed.
resource "aws_lambda_function_event_invoke_config" "once" {
  function_name                = module.function.function_name
  maximum_retry_attempts       = 0
  maximum_event_age_in_seconds = 60
}

# --- Schedule ---------------------------------------------------------------------------------------------------------

resource "aws_iam_role" "schedule" {
  name        = "${var.name}-schedule"
  description = "Lets the schedule call the canary."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "schedule" {
  name = "invoke"
  role = aws_iam_role.schedule.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = module.function.function_arn }]
  })
}

resource "aws_scheduler_schedule" "this" {
  name                = var.name
  description         = "Runs the canary of ${var.stack}."
  schedule_expression = "rate(${var.rate_minutes} minutes)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.function.function_arn
    role_arn = aws_iam_role.schedule.arn

    retry_policy {
      maximum_retry_attempts       = 0
      maximum_event_age_in_seconds = 60
    }
  }

  depends_on = [aws_iam_role_policy.schedule, aws_lambda_function_event_invoke_config.once]
}

# --- Alarms -----------------------------------------------------------------------------------------------------------

locals {
  period_seconds = var.rate_minutes * 60
  actions        = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
}

# One blip is no alarm, a second one soon after is. A period without a run says nothing about the stack, so it is no failure: a
# function that nobody calls any more would else look like a broken stack. That it is not called is what the other alarm is for.
resource "aws_cloudwatch_metric_alarm" "failing" {
  alarm_name          = "${var.name}-failing"
  alarm_description   = "${var.stack} fails: ${var.alarm_failures} of the last ${var.alarm_runs} runs of the canary. Their log says what and why."
  namespace           = "Stackproof"
  metric_name         = "Failure"
  dimensions          = { Stack = var.stack }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = local.period_seconds
  evaluation_periods  = var.alarm_runs
  datapoints_to_alarm = var.alarm_failures
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
}

# Breaching from the third empty period on, not from the first: a run that starts just after its period leaves that one empty and
# has the next one for itself. A run that could say nothing (denied reads, no time) counts as none.
resource "aws_cloudwatch_metric_alarm" "blind" {
  alarm_name          = "${var.name}-blind"
  alarm_description   = "Nothing is known of ${var.stack}: ${var.alarm_blind_runs} runs of the canary in a row did not take place, or could not tell."
  namespace           = "Stackproof"
  metric_name         = "Unknown"
  dimensions          = { Stack = var.stack }
  statistic           = "Minimum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = local.period_seconds
  evaluation_periods  = var.alarm_blind_runs
  datapoints_to_alarm = var.alarm_blind_runs
  treat_missing_data  = "breaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
}
