variable "name" {
  description = "Name of the function, its role, its schedule; the alarms' names begin with it."
  type        = string
  default     = "stackproof-canary"

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,55}$", var.name))
    error_message = "1 to 55 letters, digits, hyphens and underscores: a role's name has 64, and one of them ends in -schedule."
  }
}

variable "stack" {
  description = "What the metrics' dimension Stack says; one canary to a name."
  type        = string

  validation {
    condition     = can(regex("^[!-~]{1,255}$", var.stack))
    error_message = "1 to 255 printable ASCII characters without spaces."
  }
}

variable "zip_file" {
  description = "Path of canary.zip, which `npm run build` puts into stack/dist/."
  type        = string
}

variable "outputs" {
  description = "Terraform's outputs of the stack, name => value: those that the pipelines name, none that is sensitive. They are the function's environment, which takes 4 KB."
  type        = any

  validation {
    condition     = can(keys(var.outputs)) && length(jsonencode(var.outputs)) <= 3500
    error_message = "A map of at most 3,500 characters as JSON (Lambda allows 4 KB for the whole environment): give only those outputs that the pipelines name."
  }
  validation {
    condition     = !can([for output in values(var.outputs) : output.value][0])
    error_message = "These are outputs as `terraform output -json` prints them: give name => value, as in { for name, output in jsondecode(file(\"outputs.json\")) : name => output.value }."
  }
}

variable "policy_json" {
  description = "What `stackproof policy --deployment outputs.json` prints; the right to write its own log is added."
  type        = string

  validation {
    condition     = can(jsondecode(var.policy_json).Statement) && length(try(jsonencode(jsondecode(var.policy_json)), "")) <= 9900
    error_message = "An IAM policy as JSON, with a list of statements, of at most 9,900 characters."
  }
  validation {
    condition     = !can(regex("\"([a-zA-Z0-9-]+:)?\\*\"", jsonencode([for statement in try(jsondecode(var.policy_json).Statement, []) : statement.Action])))
    error_message = "A statement allows all actions of a service, or all there are: the canary needs only those that `stackproof policy` prints."
  }
}

variable "rate_minutes" {
  description = "Minutes from one run to the next."
  type        = number
  default     = 15

  validation {
    condition     = var.rate_minutes == floor(var.rate_minutes) && var.rate_minutes >= 5 && var.rate_minutes <= 420
    error_message = "5 to 420 whole minutes: an alarm's window is at most seven days."
  }
}

variable "watch" {
  description = "Names of the hops to watch beside entry and sink; null: those of scenarios/canary.ts that are no metrics, for which a run would wait minutes."
  type        = list(string)
  default     = null
}

variable "longest_wait_seconds" {
  description = "Wait no longer than this for anything to appear; null: the scenarios' own deadlines. Only a broken stack makes a run wait."
  type        = number
  default     = null

  validation {
    condition     = var.longest_wait_seconds == null || coalesce(var.longest_wait_seconds, 1) > 0
    error_message = "More than 0 seconds."
  }
}

variable "memory_mb" {
  description = "Memory in MB; the CPU comes with it."
  type        = number
  default     = 512

  validation {
    condition     = var.memory_mb >= 256 && var.memory_mb <= 10240
    error_message = "256 to 10,240 MB."
  }
}

variable "timeout_seconds" {
  description = "Longest time of a run, less than from one to the next. The last 10 s of it are for judging; what is not seen by then is unknown."
  type        = number
  default     = 430

  validation {
    condition     = var.timeout_seconds >= 30 && var.timeout_seconds <= 900
    error_message = "30 to 900 seconds."
  }
  validation {
    condition     = var.timeout_seconds < var.rate_minutes * 60
    error_message = "A run may take longer than the time to the next one: lower timeout_seconds or raise rate_minutes."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the log group and the environment; its policy must let CloudWatch Logs use it for /aws/lambda/<name>. Null: AWS' own keys."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days that the log is kept."
  type        = number
  default     = 14

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch Logs keeps events for 1, 3, 5, 7, 14, 30, 60, 90, … days."
  }
}

variable "alarm_failures" {
  description = "So many failed runs among the last alarm_runs are an alarm."
  type        = number
  default     = 2

  validation {
    condition     = var.alarm_failures >= 1 && var.alarm_failures <= var.alarm_runs
    error_message = "1 to alarm_runs."
  }
}

variable "alarm_runs" {
  description = "How many runs, newest first, are looked at for failures."
  type        = number
  default     = 10

  validation {
    condition     = var.alarm_runs >= 1 && var.alarm_runs <= 24
    error_message = "1 to 24: an alarm's window is at most a day where runs are less than an hour apart."
  }
}

variable "alarm_blind_runs" {
  description = "So many runs in a row that did not take place or could not tell are an alarm."
  type        = number
  default     = 3

  validation {
    condition     = var.alarm_blind_runs >= 2 && var.alarm_blind_runs <= 24
    error_message = "2 to 24: a single empty period may come of a run that started a little late."
  }
}

variable "alarm_topic_arn" {
  description = "SNS topic that both alarms tell, of trouble and of its end; null: nobody."
  type        = string
  default     = null

  validation {
    condition     = var.alarm_topic_arn == null || can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]+$", coalesce(var.alarm_topic_arn, "*")))
    error_message = "The ARN of an SNS topic."
  }
}
