resource "aws_dynamodb_table" "events" {
  name           = "${local.stack_name}-events"
  billing_mode   = "PROVISIONED"
  read_capacity  = var.table_read_capacity.min
  write_capacity = var.table_write_capacity.min
  hash_key       = local.table_hash_attribute

  attribute {
    name = local.table_hash_attribute
    type = "S"
  }

  ttl {
    attribute_name = local.table_ttl_attribute
    enabled        = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.main.arn
  }

  point_in_time_recovery {
    enabled = true
  }

  lifecycle {
    # Autoscaling owns them after the first apply.
    ignore_changes = [read_capacity, write_capacity]
  }
}

locals {
  table_scaling = {
    read = {
      dimension = "dynamodb:table:ReadCapacityUnits"
      metric    = "DynamoDBReadCapacityUtilization"
      capacity  = var.table_read_capacity
    }
    write = {
      dimension = "dynamodb:table:WriteCapacityUnits"
      metric    = "DynamoDBWriteCapacityUtilization"
      capacity  = var.table_write_capacity
    }
  }
}

resource "aws_appautoscaling_target" "events" {
  for_each = local.table_scaling

  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.events.name}"
  scalable_dimension = each.value.dimension
  min_capacity       = each.value.capacity.min
  max_capacity       = each.value.capacity.max
}

resource "aws_appautoscaling_policy" "events" {
  for_each = local.table_scaling

  name               = "${aws_dynamodb_table.events.name}-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.events[each.key].service_namespace
  resource_id        = aws_appautoscaling_target.events[each.key].resource_id
  scalable_dimension = aws_appautoscaling_target.events[each.key].scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = var.table_target_utilization_percent

    predefined_metric_specification {
      predefined_metric_type = each.value.metric
    }
  }
}
