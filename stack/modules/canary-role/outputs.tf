output "role_arn" {
  description = "What the workflow assumes: the repository's variable STACKPROOF_ROLE_ARN."
  value       = aws_iam_role.this.arn
}

output "oidc_provider_arn" {
  description = "The account's provider for GitHub's tokens."
  value       = local.provider_arn
}

output "settings" {
  description = "What was asked for, in one place for tests: who may take the role, and what it may do."
  value = {
    trust  = jsondecode(aws_iam_role.this.assume_role_policy).Statement
    policy = jsondecode(aws_iam_role_policy.verifier.policy).Statement
  }
}
