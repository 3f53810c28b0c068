# modules/canary-role: whose workflow may take the role, and what it may do then.

mock_provider "aws" {
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/stackproof-canary-github" }
  }
}

variables {
  repository  = "acme/shop"
  branch      = "main"
  policy_json = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Effect": "Allow", "Action": ["kinesis:GetRecords"], "Resource": ["arn:aws:kinesis:us-east-1:123456789012:stream/events"] }
      ]
    }
  JSON
}

run "one_branch_of_one_repository_may_take_the_role" {
  module { source = "./modules/canary-role" }

  assert {
    condition = output.settings.trust == [{
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:acme/shop:ref:refs/heads/main"
        }
      }
    }]
    error_message = "Only the main branch of acme/shop may take the role, with a token that is meant for AWS."
  }
  assert {
    condition     = output.settings.policy == [{ Effect = "Allow", Action = ["kinesis:GetRecords"], Resource = ["arn:aws:kinesis:us-east-1:123456789012:stream/events"] }]
    error_message = "The role may do what the verifier's policy says and nothing else."
  }
  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 1 && aws_iam_openid_connect_provider.github[0].url == "https://token.actions.githubusercontent.com"
    error_message = "An account without GitHub's provider gets it."
  }
}

run "an_environment_stands_in_the_place_of_a_branch" {
  module { source = "./modules/canary-role" }
  variables {
    branch      = null
    environment = "production"
  }

  assert {
    condition     = output.settings.trust[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:acme/shop:environment:production"
    error_message = "A job that names an environment has that in its token."
  }
}

run "a_repository_with_immutable_claims_is_named_with_its_ids" {
  module { source = "./modules/canary-role" }
  variables {
    repository = "acme@1234/shop@5678"
  }

  assert {
    condition     = output.settings.trust[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:acme@1234/shop@5678:ref:refs/heads/main"
    error_message = "The claim of a repository with immutable subject claims holds the ids of owner and repository."
  }
}

run "an_account_that_has_the_provider_keeps_it" {
  module { source = "./modules/canary-role" }
  variables {
    oidc_provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0 && output.oidc_provider_arn == "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    error_message = "A second provider for the same issuer would be refused by AWS."
  }
}

run "all_repositories_of_an_owner_are_refused" {
  command = plan
  module { source = "./modules/canary-role" }
  variables {
    repository = "acme/*"
  }
  expect_failures = [var.repository]
}

run "one_id_without_the_other_is_refused" {
  command = plan
  module { source = "./modules/canary-role" }
  variables {
    repository = "acme@1234/shop"
  }
  expect_failures = [var.repository]
}

run "all_branches_are_refused" {
  command = plan
  module { source = "./modules/canary-role" }
  variables {
    branch = "*"
  }
  expect_failures = [var.branch]
}

run "neither_branch_nor_environment_is_refused" {
  command = plan
  module { source = "./modules/canary-role" }
  variables {
    branch = null
  }
  expect_failures = [var.environment]
}

run "both_branch_and_environment_are_refused" {
  command = plan
  module { source = "./modules/canary-role" }
  variables {
    environment = "production"
  }
  expect_failures = [var.environment]
}

run "another_issuer_is_refused" {
  command = plan
  module { source = "./modules/canary-role" }
  variables {
    oidc_provider_arn = "arn:aws:iam::123456789012:oidc-provider/tokens.example.com"
  }
  expect_failures = [var.oidc_provider_arn]
}

run "a_policy_that_allows_everything_is_refused" {
  command = plan
  module { source = "./modules/canary-role" }
  variables {
    policy_json = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"
  }
  expect_failures = [var.policy_json]
}

run "a_policy_that_is_no_policy_is_refused" {
  command = plan
  module { source = "./modules/canary-role" }
  variables {
    policy_json = "{}"
  }
  expect_failures = [var.policy_json]
}
