# ---------------------------------------------------------------------------------------------------------------------
# Names and place
# ---------------------------------------------------------------------------------------------------------------------

variable "region" {
  description = "AWS region that everything is created in."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be an AWS region code such as us-east-1."
  }
}

variable "name_prefix" {
  description = "First part of every name. With the environment it must fit in the 32 characters of a load balancer's name."
  type        = string
  default     = "stackproof"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,14}[a-z0-9]$", var.name_prefix)) && !startswith(var.name_prefix, "internal-")
    error_message = "name_prefix must be 2 to 16 lower-case letters, digits and hyphens, begin with a letter, not end with a hyphen and not begin with \"internal-\" (no load balancer may)."
  }
}

variable "environment" {
  description = "Second part of every name, for example dev, ci or prod."
  type        = string
  default     = "dev"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,7}$", var.environment))
    error_message = "environment must be 1 to 8 lower-case letters and digits, the first a letter."
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# Network
# ---------------------------------------------------------------------------------------------------------------------

variable "vpc_cidr_block" {
  description = "IPv4 range of the VPC, cut into a public and a private subnet for each of two availability zones."
  type        = string
  default     = "10.20.0.0/16"

  validation {
    condition     = can(cidrsubnet(var.vpc_cidr_block, 4, 3)) && try(tonumber(split("/", var.vpc_cidr_block)[1]), 0) >= 16 && try(tonumber(split("/", var.vpc_cidr_block)[1]), 99) <= 22
    error_message = "vpc_cidr_block must be an IPv4 range between /16 and /22: a VPC holds no more, and an ALB wants subnets of /27 or larger with room to grow."
  }
}

variable "nat_gateway_per_zone" {
  description = "true: one NAT gateway in each zone, so that a zone can fail alone. false: one for both, at half the price."
  type        = bool
  default     = true
}

# ---------------------------------------------------------------------------------------------------------------------
# Logs
# ---------------------------------------------------------------------------------------------------------------------

variable "log_retention_days" {
  description = "Days that every log group keeps its events."
  type        = number
  default     = 14

  validation {
    condition = contains(
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
      var.log_retention_days,
    )
    error_message = "log_retention_days must be one of the periods that CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# Stream and its consumer
# ---------------------------------------------------------------------------------------------------------------------

variable "stream_shard_count" {
  description = "Shards of the stream. Each takes 1,000 records/s or 1 MB/s in."
  type        = number
  default     = 2

  validation {
    condition     = var.stream_shard_count >= 1 && var.stream_shard_count <= 200 && floor(var.stream_shard_count) == var.stream_shard_count
    error_message = "stream_shard_count must be a whole number from 1 to 200."
  }
}

variable "stream_retention_hours" {
  description = "Hours that the stream keeps a record: how long a stopped consumer may stay stopped without loss."
  type        = number
  default     = 24

  validation {
    condition     = var.stream_retention_hours >= 24 && var.stream_retention_hours <= 8760
    error_message = "stream_retention_hours must be from 24 to 8760."
  }
}

variable "mapping_batch_size" {
  description = "Most records that one invocation of the processor is given."
  type        = number
  default     = 100

  validation {
    condition     = var.mapping_batch_size >= 1 && var.mapping_batch_size <= 10000
    error_message = "mapping_batch_size must be from 1 to 10000."
  }
}

variable "mapping_parallelization_factor" {
  description = "Batches of one shard that are processed at once (records of one partition key stay in order)."
  type        = number
  default     = 1

  validation {
    condition     = var.mapping_parallelization_factor >= 1 && var.mapping_parallelization_factor <= 10
    error_message = "mapping_parallelization_factor must be from 1 to 10."
  }
}

variable "mapping_maximum_retry_attempts" {
  description = "Attempts after the first before a record is set aside in the logs bucket and its shard moves on."
  type        = number
  default     = 10

  validation {
    condition     = var.mapping_maximum_retry_attempts >= 0 && var.mapping_maximum_retry_attempts <= 10000
    error_message = "mapping_maximum_retry_attempts must be from 0 to 10000: without a bound one poison record blocks its shard until it expires."
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# Events table
# ---------------------------------------------------------------------------------------------------------------------

variable "table_read_capacity" {
  description = "Read capacity units of the events table: where autoscaling starts and the least it scales in to (min), and the most (max)."
  type = object({
    min = number
    max = number
  })
  default = { min = 5, max = 100 }

  validation {
    condition     = var.table_read_capacity.min >= 1 && var.table_read_capacity.max >= var.table_read_capacity.min && var.table_read_capacity.max <= 40000
    error_message = "table_read_capacity must satisfy 1 <= min <= max <= 40000 (the default quota of a table)."
  }
}

variable "table_write_capacity" {
  description = "Write capacity units of the events table: where autoscaling starts and the least it scales in to (min), and the most (max)."
  type = object({
    min = number
    max = number
  })
  default = { min = 10, max = 400 }

  validation {
    condition     = var.table_write_capacity.min >= 1 && var.table_write_capacity.max >= var.table_write_capacity.min && var.table_write_capacity.max <= 40000
    error_message = "table_write_capacity must satisfy 1 <= min <= max <= 40000 (the default quota of a table)."
  }
}

variable "table_target_utilization_percent" {
  description = "Share of the events table's capacity that autoscaling aims at."
  type        = number
  default     = 70

  validation {
    condition     = var.table_target_utilization_percent >= 20 && var.table_target_utilization_percent <= 90
    error_message = "table_target_utilization_percent must be from 20 to 90, the range of DynamoDB's target tracking."
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# Functions
# ---------------------------------------------------------------------------------------------------------------------

variable "ingest_memory_mb" {
  description = "Memory of the ingest function; its share of a CPU grows with it."
  type        = number
  default     = 512

  validation {
    condition     = var.ingest_memory_mb >= 128 && var.ingest_memory_mb <= 10240
    error_message = "ingest_memory_mb must be from 128 to 10240."
  }
}

variable "processor_memory_mb" {
  description = "Memory of the processor function; its share of a CPU grows with it."
  type        = number
  default     = 512

  validation {
    condition     = var.processor_memory_mb >= 128 && var.processor_memory_mb <= 10240
    error_message = "processor_memory_mb must be from 128 to 10240."
  }
}

variable "content_memory_mb" {
  description = "Memory of the content function; its share of a CPU grows with it."
  type        = number
  default     = 512

  validation {
    condition     = var.content_memory_mb >= 128 && var.content_memory_mb <= 10240
    error_message = "content_memory_mb must be from 128 to 10240."
  }
}

variable "ingest_reserved_concurrency" {
  description = "Concurrency set aside for, and the most of, the ingest function. -1: none set aside, the account's is shared."
  type        = number
  default     = -1

  validation {
    condition     = var.ingest_reserved_concurrency == -1 || var.ingest_reserved_concurrency >= 1
    error_message = "ingest_reserved_concurrency must be -1 or at least 1: at 0 the function never runs."
  }
}

variable "processor_reserved_concurrency" {
  description = "Concurrency set aside for, and the most of, the processor function. -1: none set aside, the account's is shared."
  type        = number
  default     = -1

  validation {
    condition     = var.processor_reserved_concurrency == -1 || var.processor_reserved_concurrency >= 1
    error_message = "processor_reserved_concurrency must be -1 or at least 1: at 0 the function never runs."
  }
}

variable "content_reserved_concurrency" {
  description = "Concurrency set aside for, and the most of, the content function. -1: none set aside, the account's is shared."
  type        = number
  default     = -1

  validation {
    condition     = var.content_reserved_concurrency == -1 || var.content_reserved_concurrency >= 1
    error_message = "content_reserved_concurrency must be -1 or at least 1: at 0 the function never runs."
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# API
# ---------------------------------------------------------------------------------------------------------------------

variable "api_throttle_requests_per_second" {
  description = "Requests per second that each method of the API takes; more are answered 429. The account's own limit is 10,000 for all APIs together."
  type        = number
  default     = 1000

  validation {
    condition     = var.api_throttle_requests_per_second >= 1
    error_message = "api_throttle_requests_per_second must be at least 1: at 0 every request is refused."
  }
}

variable "api_throttle_burst" {
  description = "Requests that each method of the API takes at once after a pause, beyond its rate. The account's own limit is 5,000 for all APIs together."
  type        = number
  default     = 500

  validation {
    condition     = var.api_throttle_burst >= 1 && floor(var.api_throttle_burst) == var.api_throttle_burst
    error_message = "api_throttle_burst must be a whole number of at least 1: at 0 every request is refused."
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# Proof instance
# ---------------------------------------------------------------------------------------------------------------------

variable "proof_instance_type" {
  description = "Type of the instance that writes the proof object."
  type        = string
  default     = "t3.micro"
}

variable "proof_instance_ami_parameter" {
  description = "Public SSM parameter that names the instance's image: x86_64 Linux with the AWS CLI in it, as Amazon Linux 2023 is."
  type        = string
  default     = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
}
