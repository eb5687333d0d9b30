mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name        = "signalbox-test"
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "volumes_are_copied_each_day" {
  assert {
    condition     = one(aws_dlm_lifecycle_policy.this.policy_details).target_tags == tomap({ Backup = "signalbox-test" }) && aws_dlm_lifecycle_policy.this.state == "ENABLED"
    error_message = "The volumes of this environment, and no others, are copied."
  }

  assert {
    condition     = one(one(one(aws_dlm_lifecycle_policy.this.policy_details).schedule).retain_rule).count == 14
    error_message = "Two weeks of copies are kept."
  }

  assert {
    condition     = length(one(one(aws_dlm_lifecycle_policy.this.policy_details).schedule).cross_region_copy_rule) == 0
    error_message = "Copies stay in the region unless another one is named."
  }
}

run "copies_of_copies_are_encrypted" {
  variables {
    schedule = { copy_region = "eu-west-1" }
  }

  assert {
    condition     = one(one(one(aws_dlm_lifecycle_policy.this.policy_details).schedule).cross_region_copy_rule).encrypted
    error_message = "What goes to another region is encrypted there."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    schedule = { at = "25:00", keep_count = 0, copy_days = 0 }
  }

  expect_failures = [var.schedule]
}
