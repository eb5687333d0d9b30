output "data_key_arn" {
  description = "Key of volumes, backups, artifacts, secrets, database and cache."
  value       = aws_kms_key.this["data"].arn
}

output "telemetry_key_arn" {
  description = "Key of log groups and alarm messages."
  value       = aws_kms_key.this["telemetry"].arn
}
