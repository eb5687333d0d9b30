mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name             = "signalbox-test"
  account_id       = "123456789012"
  kms_key_arn      = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  distribution_arn = "arn:aws:cloudfront::123456789012:distribution/E123EXAMPLE"
}

run "every_bucket_is_closed_versioned_and_encrypted" {
  assert {
    condition     = alltrue([for block in aws_s3_bucket_public_access_block.this : block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets]) && length(aws_s3_bucket_public_access_block.this) == 4
    error_message = "Each of the four buckets is closed in all four ways."
  }

  assert {
    condition     = alltrue([for versioning in aws_s3_bucket_versioning.this : versioning.versioning_configuration[0].status == "Enabled"]) && length(aws_s3_bucket_versioning.this) == 4
    error_message = "Each bucket keeps versions."
  }

  assert {
    condition = alltrue([
      for name in ["backups", "artifacts"] :
      one(one(aws_s3_bucket_server_side_encryption_configuration.this[name].rule).apply_server_side_encryption_by_default).kms_master_key_id == var.kms_key_arn
    ])
    error_message = "Backups and artifacts are encrypted with the given key."
  }

  assert {
    condition     = alltrue([for policy in concat(values(aws_s3_bucket_policy.this), [aws_s3_bucket_policy.frontend]) : jsondecode(policy.policy).Statement[0].Effect == "Deny" && jsondecode(policy.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"])
    error_message = "Each bucket refuses what does not come over TLS."
  }

  assert {
    condition     = toset(keys(aws_s3_bucket_logging.this)) == toset(["frontend", "backups", "artifacts"])
    error_message = "Every bucket but the log bucket logs who comes."
  }
}

run "only_the_distribution_reads_the_dashboard" {
  assert {
    condition     = [for statement in jsondecode(aws_s3_bucket_policy.frontend.policy).Statement : statement.Condition.StringEquals["aws:SourceArn"] if statement.Effect == "Allow"] == [var.distribution_arn]
    error_message = "One statement allows, and it names the distribution."
  }
}

run "of_the_backups_of_a_day_one_is_kept" {
  assert {
    condition = {
      for name, lifecycle in aws_s3_bucket_lifecycle_configuration.this : name => [
        for rule in lifecycle.rule : one(rule.expiration).days if try(one(rule.filter).prefix, null) == "recent/"
      ]
    } == { frontend = [], logs = [], artifacts = [], backups = [2] }
    error_message = "The many backups of a day go after two days, and nothing else does."
  }
}

run "production_keeps_what_it_has" {
  variables {
    retention = { backup_days = 35, backup_lock_days = 14 }
  }

  assert {
    condition     = alltrue([for bucket in aws_s3_bucket.this : !bucket.force_destroy])
    error_message = "No bucket goes with what is in it."
  }

  assert {
    condition     = one(one(aws_s3_bucket_object_lock_configuration.backups[0].rule).default_retention).days == 14
    error_message = "Backups are locked for the given days."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    account_id = "1"
    retention  = { log_days = 0, backup_days = 7, backup_lock_days = 8 }
  }

  expect_failures = [var.account_id, var.retention]
}
