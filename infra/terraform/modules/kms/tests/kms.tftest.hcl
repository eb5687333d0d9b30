mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name       = "signalbox-test"
  account_id = "123456789012"
  region     = "eu-central-1"
}

run "keys_turn_by_themselves" {
  assert {
    condition     = alltrue([for key in aws_kms_key.this : key.enable_key_rotation])
    error_message = "Every key is rotated."
  }
}

run "nobody_outside_the_account_gets_in" {
  assert {
    condition = alltrue(flatten([
      for key in aws_kms_key.this : [
        for statement in jsondecode(key.policy).Statement :
        try(statement.Condition.StringEquals["kms:CallerAccount"], "") == "123456789012"
        if try(statement.Principal.AWS, "") == "*"
      ]
    ]))
    error_message = "A statement for everyone is bound to the account."
  }

  assert {
    condition     = jsondecode(aws_kms_key.this["telemetry"].policy).Statement[1].Condition.ArnLike["kms:EncryptionContext:aws:logs:arn"] == "arn:aws:logs:eu-central-1:123456789012:log-group:/signalbox-test/*"
    error_message = "The log service uses the key for this environment's groups alone."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    account_id           = "12345"
    deletion_window_days = 3
  }

  expect_failures = [var.account_id, var.deletion_window_days]
}
