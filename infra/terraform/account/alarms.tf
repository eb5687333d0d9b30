# What no plan sees: a rule added by hand to a group, a right given by hand, the root user at work.
locals {
  watched = {
    group-changes = {
      about   = "Somebody changed a security group or an access list."
      pattern = "{ ($.eventName = AuthorizeSecurityGroup*) || ($.eventName = RevokeSecurityGroup*) || ($.eventName = ModifySecurityGroupRules) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) || ($.eventName = CreateNetworkAcl*) || ($.eventName = DeleteNetworkAcl*) || ($.eventName = ReplaceNetworkAcl*) }"
    }
    right-changes = {
      about   = "Somebody changed a role, a policy, a user or a key."
      pattern = "{ ($.eventSource = iam.amazonaws.com) && ($.readOnly IS FALSE) }"
    }
    root-use = {
      about   = "Somebody works as the root user."
      pattern = "{ ($.userIdentity.type = Root) && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != AwsServiceEvent) }"
    }
    trail-changes = {
      about   = "Somebody changed or stopped the trail."
      pattern = "{ ($.eventSource = cloudtrail.amazonaws.com) && (($.eventName = StopLogging) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = PutEventSelectors)) }"
    }
    refused-calls = {
      about   = "Many calls are refused: somebody tries what they may not do."
      pattern = "{ ($.errorCode = AccessDenied*) || ($.errorCode = *UnauthorizedOperation) }"
      from    = 20
    }
  }
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = local.watched

  name           = each.key
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = each.value.pattern

  metric_transformation {
    namespace     = "Signalbox/account"
    name          = each.key
    value         = "1"
    default_value = "0"
  }
}

resource "aws_sns_topic" "alarms" {
  name              = "signalbox-account-alarms"
  kms_master_key_id = aws_kms_key.trail.arn
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AlarmsOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:cloudwatch:${var.region}:${local.account_id}:alarm:signalbox-account-*" } }
    }]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each = toset(var.alarm_emails)

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.value
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.watched

  alarm_name          = "signalbox-account-${each.key}"
  alarm_description   = "${each.value.about} See docs/infrastructure.md, alarm ${each.key}."
  namespace           = "Signalbox/account"
  metric_name         = aws_cloudwatch_log_metric_filter.this[each.key].name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = try(each.value.from, 1)
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  alarm_actions       = [aws_sns_topic.alarms.arn]
}
