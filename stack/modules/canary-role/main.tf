# The role that a workflow of GitHub Actions runs the canary as: no stored key, and nobody else's workflow can take it.

resource "aws_iam_openid_connect_provider" "github" {
  count = var.oidc_provider_arn == null ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  provider_arn = var.oidc_provider_arn == null ? aws_iam_openid_connect_provider.github[0].arn : var.oidc_provider_arn
  # A job that names an environment has that in its token, and no branch.
  context = var.environment == null ? "ref:refs/heads/${var.branch}" : "environment:${var.environment}"
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "What the canary in GitHub Actions may do: look, and send its own events."
  max_session_duration = 3600

  # StringEquals, both: the audience alone would let in every repository on GitHub.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = local.provider_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:${var.repository}:${local.context}"
        }
      }
    }]
  })
}

# Encoded anew, because IAM counts 10,240 characters and the file has spaces.
resource "aws_iam_role_policy" "verifier" {
  name   = "verifier"
  role   = aws_iam_role.this.id
  policy = jsonencode(jsondecode(var.policy_json))
}
