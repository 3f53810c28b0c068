variable "name" {
  description = "Name of the function; its log group is /aws/lambda/<name>."
  type        = string
}

variable "role_name" {
  description = "Name of the role, unique in the account whatever the region."
  type        = string
}

variable "description" {
  description = "What the function does."
  type        = string
}

variable "zip_file" {
  description = "Path of the built zip. Same code, same bytes: its hash alone decides whether the function is updated."
  type        = string
}

variable "memory_mb" {
  description = "Memory in MB."
  type        = number
}

variable "timeout_seconds" {
  description = "Longest time that one invocation may take."
  type        = number
}

variable "reserved_concurrency" {
  description = "Reserved concurrent executions; -1 for none."
  type        = number
}

variable "environment" {
  description = "Environment variables of the function."
  type        = map(string)
}

variable "policy_statements" {
  description = "Statements of the role's policy, besides the one that lets it write its logs."
  type        = any
}

variable "kms_key_arn" {
  description = "Key that encrypts the log group and the environment variables."
  type        = string
}

variable "log_retention_days" {
  description = "Days that the log group keeps its events."
  type        = number
}
