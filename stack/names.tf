data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition

  # Every name is a function of variables and the account, so that two applies of one configuration never differ.
  stack_name = "${var.name_prefix}-${var.environment}"

  # Names shared by all regions of an account (roles) or by all of AWS (buckets) carry what makes them unique.
  global_name          = "${local.stack_name}-${var.region}"
  content_bucket_name  = "${local.stack_name}-content-${local.account_id}-${var.region}"
  logs_bucket_name     = "${local.stack_name}-logs-${local.account_id}-${var.region}"
  proof_object_key     = "proof/instance.json"
  access_logs_prefix   = "alb"
  table_ttl_attribute  = "expires_at"
  table_hash_attribute = "id"
}
