mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name        = "signalbox-test"
  region      = "eu-central-1"
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  emails      = ["operations@example.com"]
  box         = { instance_id = "i-0123456789abcdef0" }
}

run "every_alarm_of_a_box_tells_somebody" {
  assert {
    condition     = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.this), [aws_cloudwatch_metric_alarm.server_errors]) : contains(alarm.alarm_actions, aws_sns_topic.alarms.arn) && alarm.actions_enabled])
    error_message = "Each alarm has the topic as its action."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : contains(["breaching", "notBreaching", "missing"], alarm.treat_missing_data) && strcontains(alarm.alarm_description, "docs/infrastructure.md")])
    error_message = "Each alarm says what no data means, and where to read on."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["not-ready"].treat_missing_data == "breaching"
    error_message = "A gateway that nobody hears of is not ready."
  }

  assert {
    condition     = contains(aws_cloudwatch_metric_alarm.this["system-check"].alarm_actions, "arn:aws:automate:eu-central-1:ec2:recover")
    error_message = "A failing machine is left for another one."
  }

  assert {
    condition     = length(output.alarm_names) == 20
    error_message = "A box has twenty alarms."
  }
}

run "logs_are_kept_encrypted_and_for_a_time" {
  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.this : group.kms_key_id == var.kms_key_arn && group.retention_in_days == 30]) && length(aws_cloudwatch_log_group.this) == 5
    error_message = "Five log groups, each with key and retention."
  }

  assert {
    condition     = aws_sns_topic.alarms.kms_master_key_id == var.kms_key_arn
    error_message = "Alarm messages are encrypted."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : contains([for filter in aws_cloudwatch_log_metric_filter.this : filter.name], alarm.metric_name) if alarm.namespace == "Signalbox/signalbox-test"])
    error_message = "Each alarm on the log watches a metric that a filter makes."
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets) == 10
    error_message = "The dashboard shows ten graphs."
  }
}

run "a_fleet_is_watched_as_a_whole" {
  variables {
    box   = null
    fleet = { load_balancer_suffix = "app/a/1", target_group_suffix = "targetgroup/a/1", scaling_group_name = "a", database_id = "a", cache_member_ids = ["a-001", "a-002"] }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["unhealthy-instances"].dimensions == tomap({ LoadBalancer = "app/a/1", TargetGroup = "targetgroup/a/1" }) && !contains(keys(aws_cloudwatch_metric_alarm.this), "system-check")
    error_message = "The load balancer, and no single instance, is watched."
  }

  assert {
    condition     = !contains(keys(aws_cloudwatch_metric_alarm.this), "backup-age") && !contains(keys(aws_cloudwatch_metric_alarm.this), "backup-unverified")
    error_message = "No host of a fleet makes backups: an alarm that waits for them would never be quiet."
  }
}

run "each_member_of_a_cache_is_watched" {
  variables {
    box   = null
    fleet = { load_balancer_suffix = "app/a/1", target_group_suffix = "targetgroup/a/1", scaling_group_name = "a", database_id = "a", cache_member_ids = ["a-001", "a-002"] }
  }

  assert {
    condition     = [for name in ["cache-memory-1", "cache-memory-2"] : aws_cloudwatch_metric_alarm.this[name].dimensions] == [tomap({ CacheClusterId = "a-001" }), tomap({ CacheClusterId = "a-002" })]
    error_message = "ElastiCache tells how full its members are, and nothing of their group."
  }
}

run "what_the_gateway_tells_is_watched_for_the_environment" {
  assert {
    condition     = alltrue([for name in ["backlog-age", "dead-letters", "conservation", "worker-restarts", "backup-age", "backup-unverified"] : aws_cloudwatch_metric_alarm.this[name].namespace == "Signalbox" && aws_cloudwatch_metric_alarm.this[name].dimensions == tomap({ Environment = "signalbox-test" })])
    error_message = "The gateway's own metrics have the namespace Signalbox and the environment's name."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["backup-age"].treat_missing_data == "breaching"
    error_message = "A backup that nobody tells of was not made."
  }
}

run "certificates_are_watched_where_there_are_any" {
  variables {
    certificate_arns = { origin = "arn:aws:acm:eu-central-1:123456789012:certificate/1" }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["certificate-origin"].threshold == 21 && aws_cloudwatch_metric_alarm.this["certificate-origin"].metric_name == "DaysToExpiry"
    error_message = "Three weeks before the end somebody is told."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    log_retention_days = 31
    emails             = ["operations"]
    thresholds         = { disk_percent = 120 }
  }

  expect_failures = [var.log_retention_days, var.emails, var.thresholds]
}
