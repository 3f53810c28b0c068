# modules/canary: the function that a schedule calls, what it may do and is told, and when its alarms call somebody.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:us-east-1:123456789012:function:stackproof-canary" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/stackproof-canary" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/stackproof-canary" }
  }
}

variables {
  stack       = "shop-prod"
  zip_file    = "./dist/canary.zip"
  outputs     = { region = "us-east-1", public_subnet_ids = ["subnet-1", "subnet-2"] }
  policy_json = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Effect": "Allow", "Action": ["kinesis:GetRecords", "kinesis:ListShards"], "Resource": ["arn:aws:kinesis:us-east-1:123456789012:stream/events"] }
      ]
    }
  JSON
}

run "applies" {
  module { source = "./modules/canary" }

  assert {
    condition     = jsondecode(output.settings.environment.STACKPROOF_OUTPUTS) == { region = "us-east-1", public_subnet_ids = ["subnet-1", "subnet-2"] } && output.settings.environment.STACKPROOF_STACK == "shop-prod"
    error_message = "The function must be told the stack's outputs, lists too, and its name."
  }
  assert {
    condition     = sort(keys(output.settings.environment)) == tolist(["STACKPROOF_OUTPUTS", "STACKPROOF_STACK"])
    error_message = "Where nothing else is asked for, the canary's own rules hold."
  }
  assert {
    condition     = length(output.settings.policy_statements) == 2 && output.settings.policy_statements[1].Action == ["kinesis:GetRecords", "kinesis:ListShards"]
    error_message = "The function may write its own log and do what the verifier's policy says, and nothing else."
  }
  assert {
    condition     = output.settings.policy_statements[0].Resource == "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/stackproof-canary:*"
    error_message = "The only log that it may write is its own."
  }
}

run "runs_once_every_quarter_of_an_hour" {
  module { source = "./modules/canary" }

  assert {
    condition     = aws_scheduler_schedule.this.schedule_expression == "rate(15 minutes)" && aws_scheduler_schedule.this.target[0].arn == output.function_arn
    error_message = "The schedule must call the function every 15 minutes."
  }
  assert {
    condition     = aws_scheduler_schedule.this.target[0].retry_policy[0].maximum_retry_attempts == 0 && aws_lambda_function_event_invoke_config.once.maximum_retry_attempts == 0
    error_message = "Neither the schedule nor Lambda may repeat a run: that would hide a failure."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.schedule.policy).Statement == [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = output.function_arn }]
    error_message = "The schedule may call this function and do nothing else."
  }
  assert {
    condition     = jsondecode(aws_iam_role.schedule.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "Schedules of other accounts must not take the role."
  }
}

run "one_blip_is_no_alarm_and_silence_is_one_of_its_own" {
  module { source = "./modules/canary" }
  variables {
    alarm_topic_arn = "arn:aws:sns:us-east-1:123456789012:pager"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.failing.metric_name == "Failure" && aws_cloudwatch_metric_alarm.failing.datapoints_to_alarm == 2 && aws_cloudwatch_metric_alarm.failing.evaluation_periods == 10
    error_message = "Two failures in ten runs are an alarm."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.failing.treat_missing_data == "notBreaching"
    error_message = "A period without a run is no failure of the stack."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.blind.metric_name == "Unknown" && aws_cloudwatch_metric_alarm.blind.statistic == "Minimum" && aws_cloudwatch_metric_alarm.blind.treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.blind.datapoints_to_alarm == 3 && aws_cloudwatch_metric_alarm.blind.evaluation_periods == 3
    error_message = "Three periods in a row without a run that could tell are an alarm."
  }
  assert {
    condition     = alltrue([for alarm in [aws_cloudwatch_metric_alarm.failing, aws_cloudwatch_metric_alarm.blind] : alarm.period == 900 && alarm.namespace == "Stackproof" && alarm.dimensions == tomap({ Stack = "shop-prod" })])
    error_message = "Both alarms must look at this stack's metrics, one run to a period."
  }
  assert {
    condition     = alltrue([for alarm in [aws_cloudwatch_metric_alarm.failing, aws_cloudwatch_metric_alarm.blind] : alarm.alarm_actions == toset(["arn:aws:sns:us-east-1:123456789012:pager"]) && alarm.ok_actions == alarm.alarm_actions])
    error_message = "Both alarms must tell the topic of trouble and of its end."
  }
}

run "hops_and_the_longest_wait_can_be_chosen" {
  module { source = "./modules/canary" }
  variables {
    watch                = ["stream", "IncomingRecords"]
    longest_wait_seconds = 60
  }

  assert {
    condition     = output.settings.environment.STACKPROOF_WATCH == "stream,IncomingRecords" && output.settings.environment.STACKPROOF_WAIT_SECONDS == "60"
    error_message = "The function must be told which hops to watch and how long to wait."
  }
}

run "no_hop_between_entry_and_sink_can_be_chosen" {
  module { source = "./modules/canary" }
  variables {
    watch = []
  }

  assert {
    condition     = output.settings.environment.STACKPROOF_WATCH == ""
    error_message = "An empty list is a choice: it must reach the function."
  }
}

run "outputs_that_do_not_fit_the_environment_are_refused" {
  command = plan
  module { source = "./modules/canary" }
  variables {
    outputs = { long = join("", [for number in range(500) : "12345678"]) }
  }
  expect_failures = [var.outputs]
}

run "outputs_still_in_their_wrapping_are_refused" {
  command = plan
  module { source = "./modules/canary" }
  variables {
    outputs = { region = { value = "us-east-1", sensitive = false, type = "string" } }
  }
  expect_failures = [var.outputs]
}

run "a_policy_that_allows_a_whole_service_is_refused" {
  command = plan
  module { source = "./modules/canary" }
  variables {
    policy_json = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:*\"],\"Resource\":[\"*\"]}]}"
  }
  expect_failures = [var.policy_json]
}

run "a_run_longer_than_the_time_to_the_next_is_refused" {
  command = plan
  module { source = "./modules/canary" }
  variables {
    rate_minutes = 5
  }
  expect_failures = [var.timeout_seconds]
}

run "windows_that_cloudwatch_refuses_are_refused" {
  command = plan
  module { source = "./modules/canary" }
  variables {
    rate_minutes     = 2.5
    alarm_runs       = 25
    alarm_blind_runs = 1
  }
  expect_failures = [var.rate_minutes, var.alarm_runs, var.alarm_blind_runs]
}

run "more_failures_than_runs_are_refused" {
  command = plan
  module { source = "./modules/canary" }
  variables {
    alarm_failures = 11
  }
  expect_failures = [var.alarm_failures]
}

run "a_topic_that_is_none_is_refused" {
  command = plan
  module { source = "./modules/canary" }
  variables {
    alarm_topic_arn = "pager"
  }
  expect_failures = [var.alarm_topic_arn]
}
