# A value that AWS would refuse, or that would cut a pipeline, is refused when planning, with the variable's name.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "a_name_too_long_for_a_load_balancer_is_refused" {
  command = plan
  variables {
    name_prefix = "a-name-of-18-chars"
  }
  expect_failures = [var.name_prefix]
}

run "a_name_reserved_by_load_balancers_is_refused" {
  command = plan
  variables {
    name_prefix = "internal-stack"
  }
  expect_failures = [var.name_prefix]
}

run "an_environment_with_upper_case_is_refused" {
  command = plan
  variables {
    environment = "Prod"
  }
  expect_failures = [var.environment]
}

run "a_zone_is_no_region" {
  command = plan
  variables {
    region = "us-east-1a"
  }
  expect_failures = [var.region]
}

run "a_network_too_small_for_four_subnets_is_refused" {
  command = plan
  variables {
    vpc_cidr_block = "10.0.0.0/26"
  }
  expect_failures = [var.vpc_cidr_block]
}

run "a_retention_that_cloudwatch_lacks_is_refused" {
  command = plan
  variables {
    log_retention_days = 10
  }
  expect_failures = [var.log_retention_days]
}

run "a_capacity_with_its_ends_exchanged_is_refused" {
  command = plan
  variables {
    table_read_capacity  = { min = 50, max = 5 }
    table_write_capacity = { min = 0, max = 5 }
  }
  expect_failures = [var.table_read_capacity, var.table_write_capacity]
}

run "a_concurrency_at_which_nothing_runs_is_refused" {
  command = plan
  variables {
    ingest_reserved_concurrency    = 0
    processor_reserved_concurrency = 0
    content_reserved_concurrency   = 0
  }
  expect_failures = [
    var.ingest_reserved_concurrency,
    var.processor_reserved_concurrency,
    var.content_reserved_concurrency,
  ]
}

run "a_throttle_that_lets_nothing_in_is_refused" {
  command = plan
  variables {
    api_throttle_requests_per_second = 0
    api_throttle_burst               = 0
  }
  expect_failures = [var.api_throttle_requests_per_second, var.api_throttle_burst]
}

run "retries_without_a_bound_are_refused" {
  command = plan
  variables {
    mapping_maximum_retry_attempts = -1
  }
  expect_failures = [var.mapping_maximum_retry_attempts]
}

run "sizes_reach_what_they_size" {
  variables {
    name_prefix                      = "acme-billing"
    environment                      = "prod"
    region                           = "eu-central-1"
    nat_gateway_per_zone             = false
    stream_shard_count               = 7
    mapping_batch_size               = 500
    mapping_parallelization_factor   = 4
    table_write_capacity             = { min = 100, max = 900 }
    api_throttle_requests_per_second = 250
    api_throttle_burst               = 100
  }

  assert {
    condition     = aws_kinesis_stream.events.shard_count == 7 && aws_lambda_event_source_mapping.events.batch_size == 500 && aws_lambda_event_source_mapping.events.parallelization_factor == 4
    error_message = "The stream and its mapping must have the sizes asked for."
  }
  assert {
    condition     = aws_dynamodb_table.events.write_capacity == 100 && aws_appautoscaling_target.events["write"].min_capacity == 100 && aws_appautoscaling_target.events["write"].max_capacity == 900
    error_message = "The table must start at the least capacity and scale to the most."
  }
  assert {
    condition     = aws_api_gateway_method_settings.all.method_path == "*/*" && aws_api_gateway_method_settings.all.stage_name == aws_api_gateway_stage.live.stage_name && aws_api_gateway_method_settings.all.settings[0].throttling_rate_limit == 250 && aws_api_gateway_method_settings.all.settings[0].throttling_burst_limit == 100
    error_message = "Every method of the stage must throttle at the rate and the burst asked for."
  }
  assert {
    condition     = length(aws_nat_gateway.main) == 1 && alltrue([for route in aws_route.private_nat : route.nat_gateway_id == aws_nat_gateway.main[0].id])
    error_message = "One NAT gateway must serve both zones."
  }
  assert {
    condition     = output.content_bucket_name != "" && aws_s3_bucket.content.bucket == "acme-billing-prod-content-123456789012-eu-central-1" && length(aws_lb.main.name) <= 32
    error_message = "Names must follow the prefix, the environment and the region."
  }
}
