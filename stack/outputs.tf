# What verification needs: the harness reads these names. A test holds the list to be complete.

# --- The deployment ---------------------------------------------------------------------------------------------------

output "region" {
  description = "AWS region of the stack."
  value       = var.region
}

output "account_id" {
  description = "AWS account of the stack."
  value       = local.account_id
}

output "environment" {
  description = "Second part of every name."
  value       = var.environment
}

output "stack_name" {
  description = "What every name of the stack begins with."
  value       = local.stack_name
}

# --- Network ----------------------------------------------------------------------------------------------------------

output "vpc_id" {
  description = "VPC."
  value       = aws_vpc.main.id
}

output "public_subnet_ids" {
  description = "Subnets with a route to the internet gateway, one per zone."
  value       = aws_subnet.public[*].id
}

output "private_subnet_ids" {
  description = "Subnets with a route to a NAT gateway, one per zone."
  value       = aws_subnet.private[*].id
}

output "flow_log_id" {
  description = "Flow log of the VPC."
  value       = aws_flow_log.vpc.id
}

output "flow_log_group_name" {
  description = "Log group that the flow log writes to."
  value       = aws_cloudwatch_log_group.flow_logs.name
}

# --- Load balancer -> stream -> events table --------------------------------------------------------------------------

output "alb_arn" {
  description = "Load balancer."
  value       = aws_lb.main.arn
}

output "alb_dns_name" {
  description = "Host name of the load balancer."
  value       = aws_lb.main.dns_name
}

output "alb_url" {
  description = "The load balancer; GET <alb_url>/health."
  value       = "http://${aws_lb.main.dns_name}"
}

output "events_url" {
  description = "Where events are posted to the load balancer."
  value       = "http://${aws_lb.main.dns_name}/events"
}

output "alb_security_group_id" {
  description = "Security group of the load balancer."
  value       = aws_security_group.alb.id
}

output "alb_listener_arn" {
  description = "Listener on port 80."
  value       = aws_lb_listener.http.arn
}

output "target_group_arn" {
  description = "Target group of the ingest function."
  value       = aws_lb_target_group.ingest.arn
}

output "ingest_function_name" {
  description = "Function that puts events into the stream."
  value       = module.ingest.function_name
}

output "ingest_function_arn" {
  description = "ARN of the ingest function."
  value       = module.ingest.function_arn
}

output "ingest_log_group_name" {
  description = "Log group of the ingest function."
  value       = module.ingest.log_group_name
}

output "stream_name" {
  description = "Stream of events."
  value       = aws_kinesis_stream.events.name
}

output "stream_arn" {
  description = "ARN of the stream."
  value       = aws_kinesis_stream.events.arn
}

output "event_source_mapping_id" {
  description = "Mapping that feeds the stream to the processor function."
  value       = aws_lambda_event_source_mapping.events.id
}

output "processor_function_name" {
  description = "Function that writes events into the events table."
  value       = module.processor.function_name
}

output "processor_function_arn" {
  description = "ARN of the processor function."
  value       = module.processor.function_arn
}

output "processor_log_group_name" {
  description = "Log group of the processor function."
  value       = module.processor.log_group_name
}

output "events_table_name" {
  description = "Table of events, key id."
  value       = aws_dynamodb_table.events.name
}

output "events_table_arn" {
  description = "ARN of the events table."
  value       = aws_dynamodb_table.events.arn
}

# --- API and bucket -> content table ----------------------------------------------------------------------------------

output "api_id" {
  description = "REST API."
  value       = aws_api_gateway_rest_api.content.id
}

output "api_stage_name" {
  description = "Stage of the REST API."
  value       = aws_api_gateway_stage.live.stage_name
}

output "api_url" {
  description = "Where documents are posted: POST <api_url>/process."
  value       = aws_api_gateway_stage.live.invoke_url
}

output "api_execution_arn" {
  description = "What the source ARN of an invoke permission begins with."
  value       = aws_api_gateway_rest_api.content.execution_arn
}

output "api_access_log_group_name" {
  description = "Log group of the stage's access logs."
  value       = aws_cloudwatch_log_group.api_access.name
}

output "content_bucket_name" {
  description = "Bucket whose new objects invoke the content function."
  value       = aws_s3_bucket.content.id
}

output "content_bucket_arn" {
  description = "ARN of the content bucket."
  value       = aws_s3_bucket.content.arn
}

output "content_function_name" {
  description = "Function that keeps objects and documents in the content table."
  value       = module.content.function_name
}

output "content_function_arn" {
  description = "ARN of the content function."
  value       = module.content.function_arn
}

output "content_log_group_name" {
  description = "Log group of the content function."
  value       = module.content.log_group_name
}

output "content_table_name" {
  description = "Table of content, key id."
  value       = aws_dynamodb_table.content.name
}

output "content_table_arn" {
  description = "ARN of the content table."
  value       = aws_dynamodb_table.content.arn
}

# --- Logs, key, proof -------------------------------------------------------------------------------------------------

output "logs_bucket_name" {
  description = "Bucket of the load balancer's access logs."
  value       = aws_s3_bucket.logs.id
}

output "logs_bucket_arn" {
  description = "ARN of the logs bucket."
  value       = aws_s3_bucket.logs.arn
}

output "kms_key_id" {
  description = "Key that encrypts everything."
  value       = aws_kms_key.main.key_id
}

output "kms_key_arn" {
  description = "ARN of the key."
  value       = aws_kms_key.main.arn
}

output "kms_key_alias" {
  description = "Alias of the key."
  value       = aws_kms_alias.main.name
}

output "proof_instance_id" {
  description = "Instance that writes the proof object."
  value       = aws_instance.proof.id
}

output "proof_instance_public_ip" {
  description = "Public address of the proof instance."
  value       = aws_instance.proof.public_ip
}

output "proof_object_key" {
  description = "Key of the proof object in the content bucket."
  value       = local.proof_object_key
}
