output "topic_arn" {
  description = "Where alarms of the account are told."
  value       = aws_sns_topic.alarms.arn
}

output "alarm_names" {
  description = "Alarms of the account, sorted."
  value       = sort([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name])
}
