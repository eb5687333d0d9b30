# missing says what no data means: "breaching" where silence is the fault itself, "notBreaching" where nothing happened.
locals {
  environment = { Environment = var.name }

  common_alarms = {
    not-ready = {
      about      = "The gateway says it is not ready, or nobody asks it any more.", namespace = local.metrics, metric = "Ready", statistic = "Minimum"
      comparison = "LessThanThreshold", threshold = 1, minutes = 1, of = 3, missing = "breaching"
    }
    error-lines = {
      about      = "The gateway's log holds many errors.", namespace = local.metrics, metric = "ErrorLines", statistic = "Sum"
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.error_lines, minutes = 5, of = 1, missing = "notBreaching"
    }
    slow-acceptance = {
      about      = "Of a hundred calls that send events, the slowest takes too long.", namespace = local.metrics, metric = "AcceptSeconds", statistic = "p99"
      comparison = "GreaterThanThreshold", threshold = var.thresholds.latency_seconds, minutes = 5, of = 3, missing = "notBreaching"
    }
    failed-logins = {
      about      = "Somebody tries passwords.", namespace = local.metrics, metric = "FailedLogins", statistic = "Sum"
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.failed_logins, minutes = 5, of = 1, missing = "notBreaching"
    }
    token-reuse = {
      about      = "A refresh token was used twice: it may have been stolen.", namespace = local.metrics, metric = "TokenReuses", statistic = "Sum"
      comparison = "GreaterThanOrEqualToThreshold", threshold = 1, minutes = 5, of = 1, missing = "notBreaching"
    }
    security-events = {
      about      = "Many refused credentials, signatures or addresses.", namespace = local.metrics, metric = "SecurityEvents", statistic = "Sum"
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.security_events, minutes = 5, of = 1, missing = "notBreaching"
    }
    ssh-failures = {
      about      = "Somebody tries to log in by SSH.", namespace = local.metrics, metric = "SshFailures", statistic = "Sum"
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.ssh_failures, minutes = 5, of = 1, missing = "notBreaching"
    }
    backlog-age = {
      about      = "A delivery waits for its first success for too long: targets fail, or the gateway does not keep up.", namespace = local.namespace, metric = "OldestOpenDeliverySeconds", statistic = "Maximum", dimensions = local.environment
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.backlog_age_seconds, minutes = 5, of = 2, missing = "missing"
    }
    dead-letters = {
      about      = "Many deliveries ended without success and wait for somebody.", namespace = local.namespace, metric = "DeadLettersOpen", statistic = "Maximum", dimensions = local.environment
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.dead_letters, minutes = 5, of = 1, missing = "missing"
    }
    conservation = {
      about      = "What was accepted and what became of it differ.", namespace = local.namespace, metric = "ConservationDifference", statistic = "Maximum", dimensions = local.environment
      comparison = "GreaterThanThreshold", threshold = 0, minutes = 5, of = 2, missing = "missing"
    }
    worker-restarts = {
      about      = "Processes of the gateway end and are started again, more often than a deployment does it.", namespace = local.namespace, metric = "ProcessRestarts", statistic = "Sum", dimensions = local.environment
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.worker_restarts, minutes = 15, of = 1, missing = "notBreaching"
    }
    memory = {
      about      = "Memory is nearly full on a host.", namespace = local.namespace, metric = "mem_used_percent", statistic = "Maximum", dimensions = local.environment
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.memory_percent, minutes = 5, of = 2, missing = "breaching"
    }
    disk = {
      about      = "A disk is nearly full on a host.", namespace = local.namespace, metric = "disk_used_percent", statistic = "Maximum", dimensions = local.environment
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.disk_percent, minutes = 5, of = 1, missing = "breaching"
    }
  }

  box_instance = { InstanceId = try(var.box.instance_id, null) }

  # Backups too: the database of a fleet is copied by AWS, and asked by the weekly workflow how far back it can go.
  box_alarms = {
    cpu = {
      about      = "The processor is busy.", namespace = "AWS/EC2", metric = "CPUUtilization", statistic = "Average", dimensions = local.box_instance
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.cpu_percent, minutes = 5, of = 3, missing = "breaching"
    }
    system-check = {
      about      = "The machine under the instance fails; AWS moves it to another one.", namespace = "AWS/EC2", metric = "StatusCheckFailed_System", statistic = "Maximum", dimensions = local.box_instance
      comparison = "GreaterThanOrEqualToThreshold", threshold = 1, minutes = 1, of = 2, missing = "missing", also = "recover"
    }
    instance-check = {
      about      = "The instance's own system fails; it is started again.", namespace = "AWS/EC2", metric = "StatusCheckFailed_Instance", statistic = "Maximum", dimensions = local.box_instance
      comparison = "GreaterThanOrEqualToThreshold", threshold = 1, minutes = 1, of = 3, missing = "missing", also = "reboot"
    }
    cpu-credits = {
      about      = "CPU credits run out; below zero the instance is held at a tenth of its speed.", namespace = "AWS/EC2", metric = "CPUCreditBalance", statistic = "Minimum", dimensions = local.box_instance
      comparison = "LessThanThreshold", threshold = var.thresholds.cpu_credits, minutes = 5, of = 3, missing = "notBreaching"
    }
    backup-age = {
      about      = "No backup was made for too long, or nobody says when the last one was made.", namespace = local.namespace, metric = "BackupAgeSeconds", statistic = "Minimum", dimensions = local.environment
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.backup_age_seconds, minutes = 60, of = 2, missing = "breaching"
    }
    backup-unverified = {
      about      = "The newest backup could not be restored, or is not what it was counted to be.", namespace = local.namespace, metric = "BackupVerified", statistic = "Minimum", dimensions = local.environment
      comparison = "LessThanThreshold", threshold = 1, minutes = 60, of = 1, missing = "notBreaching"
    }
  }

  fleet_alarms = {
    cpu = {
      about      = "The instances are busy although the group has grown.", namespace = "AWS/EC2", metric = "CPUUtilization", statistic = "Average", dimensions = { AutoScalingGroupName = try(var.fleet.scaling_group_name, null) }
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.cpu_percent, minutes = 5, of = 3, missing = "breaching"
    }
    unhealthy-instances = {
      about      = "The load balancer finds an instance that does not answer.", namespace = "AWS/ApplicationELB", metric = "UnHealthyHostCount", statistic = "Maximum"
      dimensions = { LoadBalancer = try(var.fleet.load_balancer_suffix, null), TargetGroup = try(var.fleet.target_group_suffix, null) }
      comparison = "GreaterThanOrEqualToThreshold", threshold = 1, minutes = 1, of = 5, missing = "breaching"
    }
    database-cpu = {
      about      = "The database is busy.", namespace = "AWS/RDS", metric = "CPUUtilization", statistic = "Average", dimensions = { DBInstanceIdentifier = try(var.fleet.database_id, null) }
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.cpu_percent, minutes = 5, of = 3, missing = "breaching"
    }
    database-space = {
      about      = "The database has less than 2 GiB left.", namespace = "AWS/RDS", metric = "FreeStorageSpace", statistic = "Minimum", dimensions = { DBInstanceIdentifier = try(var.fleet.database_id, null) }
      comparison = "LessThanThreshold", threshold = 2147483648, minutes = 5, of = 1, missing = "breaching"
    }
  }

  # ElastiCache tells of members, not of their group.
  cache_alarms = {
    for index, id in try(var.fleet.cache_member_ids, []) : format("cache-memory-%d", index + 1) => {
      about      = "A member of the cache is nearly full; rate limits are counted apart when it fails.", namespace = "AWS/ElastiCache", metric = "DatabaseMemoryUsagePercentage", statistic = "Maximum", dimensions = { CacheClusterId = id }
      comparison = "GreaterThanOrEqualToThreshold", threshold = var.thresholds.memory_percent, minutes = 5, of = 2, missing = "notBreaching", also = null
    }
  }

  certificate_alarms = {
    for name, arn in var.certificate_arns : "certificate-${name}" => {
      about      = "A certificate expires soon: AWS could not renew it.", namespace = "AWS/CertificateManager", metric = "DaysToExpiry", statistic = "Minimum", dimensions = { CertificateArn = arn }
      comparison = "LessThanThreshold", threshold = var.thresholds.certificate_days, minutes = 1440, of = 1, missing = "notBreaching", also = null
    }
  }

  alarms = merge(
    local.certificate_alarms,
    local.cache_alarms,
    { for name, alarm in local.common_alarms : name => merge({ dimensions = {}, also = null }, alarm) },
    {
      for name, alarm in local.box_alarms : name => merge({ dimensions = {}, also = null }, alarm)
      if var.box != null && (name != "cpu-credits" || try(var.box.has_credits, false))
    },
    { for name, alarm in local.fleet_alarms : name => merge({ dimensions = {}, also = null }, alarm) if var.fleet != null },
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "${each.value.about} See docs/infrastructure.md, alarm ${each.key}."
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = startswith(each.value.statistic, "p") ? null : each.value.statistic
  extended_statistic  = startswith(each.value.statistic, "p") ? each.value.statistic : null
  period              = each.value.minutes * 60
  evaluation_periods  = each.value.of
  datapoints_to_alarm = each.value.of
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  treat_missing_data  = each.value.missing
  actions_enabled     = true
  alarm_actions       = concat([aws_sns_topic.alarms.arn], each.value.also == null ? [] : ["arn:aws:automate:${var.region}:ec2:${each.value.also}"])
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "server_errors" {
  alarm_name          = "${var.name}-server-errors"
  alarm_description   = "Too many requests are answered with 5xx. See docs/infrastructure.md, alarm server-errors."
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.server_error_percent
  evaluation_periods  = 2
  datapoints_to_alarm = 2
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  metric_query {
    id    = "percent"
    label = "5xx in percent"
    # A handful of requests says nothing.
    expression  = "IF(requests >= 20, 100 * errors / requests, 0)"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { requests = "Requests", errors = "ServerErrors" }

    content {
      id = metric_query.key

      metric {
        namespace   = local.metrics
        metric_name = metric_query.value
        stat        = "Sum"
        period      = 300
      }
    }
  }
}
