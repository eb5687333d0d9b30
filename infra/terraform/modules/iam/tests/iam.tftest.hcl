mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name                 = "signalbox-test"
  account_id           = "123456789012"
  region               = "eu-central-1"
  artifacts_bucket_arn = "arn:aws:s3:::artifacts"
  backups_bucket_arn   = "arn:aws:s3:::backups"
  kms_key_arn          = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "an_instance_may_do_what_it_needs_and_no_more" {
  assert {
    condition = alltrue(flatten([
      for policy in aws_iam_role_policy.instance : [
        for statement in jsondecode(policy.policy).Statement :
        alltrue([for action in flatten([statement.Action]) : !strcontains(action, "*")])
      ]
    ]))
    error_message = "No action is written with a star."
  }

  assert {
    condition = flatten([
      for policy in aws_iam_role_policy.instance : [
        for statement in jsondecode(policy.policy).Statement : statement.Sid if contains(flatten([statement.Resource]), "*")
      ]
    ]) == ["WriteMetrics"]
    error_message = "Only the action without resources is allowed on all of them."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.instance["telemetry"].policy).Statement[1].Condition.StringEquals["cloudwatch:namespace"] == "Signalbox"
    error_message = "Metrics go to the namespace of the gateway."
  }

  assert {
    condition     = !strcontains(join(" ", [for policy in aws_iam_role_policy.instance : policy.policy]), "Delete")
    error_message = "An instance deletes nothing."
  }

  assert {
    condition     = toset(aws_iam_role_policies_exclusive.instance.policy_names) == toset(["builds-and-backups", "settings", "telemetry"])
    error_message = "No other policy stays on the role."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    account_id       = "me"
    metric_namespace = "AWS/EC2"
  }

  expect_failures = [var.account_id, var.metric_namespace]
}
