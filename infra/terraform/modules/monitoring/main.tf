locals {
  namespace = "Signalbox"
  metrics   = "Signalbox/${var.name}"

  log_groups = toset(["gateway", "nginx-access", "nginx-error", "ssh", "health"])

  # Counted in the log, so that they need nothing but the log. Names of fields and codes are the gateway's and nginx' own.
  filters = {
    ErrorLines     = { group = "gateway", pattern = "{ $.level = \"error\" || $.level = \"fatal\" }", value = "1", default = "0" }
    FailedLogins   = { group = "gateway", pattern = "{ $.security.code = \"login_failed\" || $.security.code = \"login_locked_out\" }", value = "1", default = "0" }
    TokenReuses    = { group = "gateway", pattern = "{ $.security.code = \"refresh_token_reused\" }", value = "1", default = "0" }
    SecurityEvents = { group = "gateway", pattern = "{ $.security.code = * }", value = "1", default = "0" }
    Requests       = { group = "nginx-access", pattern = "{ $.status = * }", value = "1", default = "0" }
    ServerErrors   = { group = "nginx-access", pattern = "{ $.status >= 500 }", value = "1", default = "0" }
    AcceptSeconds  = { group = "nginx-access", pattern = "{ $.path = \"/v1/events\" && $.method = \"POST\" }", value = "$.seconds", default = null }
    SshFailures    = { group = "ssh", pattern = "?\"Failed password\" ?\"Invalid user\" ?\"Connection closed by authenticating user\"", value = "1", default = "0" }
    Ready          = { group = "health", pattern = "{ $.ready = * }", value = "$.ready", default = null }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.log_groups

  name              = "/${var.name}/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = local.filters

  name           = each.key
  log_group_name = aws_cloudwatch_log_group.this[each.value.group].name
  pattern        = each.value.pattern

  metric_transformation {
    namespace     = local.metrics
    name          = each.key
    value         = each.value.value
    default_value = each.value.default
  }
}

resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AlarmsOfThisEnvironment"
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:cloudwatch:${var.region}:*:alarm:${var.name}-*" } }
    }]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each = toset(var.emails)

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.value
}
