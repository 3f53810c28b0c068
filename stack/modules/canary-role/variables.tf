variable "name" {
  description = "Name of the role."
  type        = string
  default     = "stackproof-canary-github"

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", var.name))
    error_message = "A role's name has 1 to 64 letters, digits and +=,.@_-."
  }
}

variable "repository" {
  description = "The repository as GitHub's tokens name it: owner/name; with the ids, owner@123456/name@456789, where the repository has immutable subject claims (those made or renamed since the summer of 2026 have)."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+(@[0-9]+)?/[A-Za-z0-9._-]+(@[0-9]+)?$", var.repository)) && length(split("@", var.repository)) != 2
    error_message = "It looks like owner/name or owner@123456/name@456789, without wildcards."
  }
}

variable "branch" {
  description = "The branch whose workflow may take the role; scheduled workflows run on the default branch. Or name an environment."
  type        = string
  default     = null

  validation {
    condition     = var.branch == null || can(regex("^[A-Za-z0-9._/-]+$", coalesce(var.branch, "*")))
    error_message = "A branch's name, without refs/heads/ and without wildcards."
  }
}

variable "environment" {
  description = "The environment that the workflow's job must name, in the place of a branch."
  type        = string
  default     = null

  validation {
    condition     = (var.environment == null) != (var.branch == null)
    error_message = "Name either a branch or an environment: a token of GitHub's carries one of them."
  }
  validation {
    condition     = var.environment == null || can(regex("^[A-Za-z0-9._-]+$", coalesce(var.environment, "*")))
    error_message = "Letters, digits, dots, hyphens and underscores, without wildcards."
  }
}

variable "oidc_provider_arn" {
  description = "The account's provider for token.actions.githubusercontent.com. An account has one; null makes it."
  type        = string
  default     = null

  validation {
    condition     = var.oidc_provider_arn == null || can(regex("^arn:[a-z-]+:iam::[0-9]{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com$", coalesce(var.oidc_provider_arn, "*")))
    error_message = "The ARN ends in :oidc-provider/token.actions.githubusercontent.com."
  }
}

variable "policy_json" {
  description = "What `stackproof policy --deployment outputs.json` prints."
  type        = string

  validation {
    condition     = can(jsondecode(var.policy_json).Statement) && length(try(jsonencode(jsondecode(var.policy_json)), "")) <= 10240
    error_message = "An IAM policy as JSON, with a list of statements, of at most 10,240 characters."
  }
  validation {
    condition     = !can(regex("\"([a-zA-Z0-9-]+:)?\\*\"", jsonencode([for statement in try(jsondecode(var.policy_json).Statement, []) : statement.Action])))
    error_message = "A statement allows all actions of a service, or all there are: the canary needs only those that `stackproof policy` prints."
  }
}
