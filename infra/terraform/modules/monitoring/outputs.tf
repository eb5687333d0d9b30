output "topic_arn" {
  description = "Where alarms are told."
  value       = aws_sns_topic.alarms.arn
}

output "log_group_names" {
  description = "Log groups by what they hold."
  value       = { for name, group in aws_cloudwatch_log_group.this : name => group.name }
}

output "alarm_names" {
  description = "All alarms, sorted."
  value       = sort(concat([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name], [aws_cloudwatch_metric_alarm.server_errors.alarm_name]))
}

output "dashboard_name" {
  description = "The dashboard in CloudWatch."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
