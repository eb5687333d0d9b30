output "state_bucket" {
  description = "Bucket of the state: what environments are initialised with."
  value       = aws_s3_bucket.state.bucket
}

output "state_key_arn" {
  description = "Key of the state."
  value       = aws_kms_key.state.arn
}

output "role_arns" {
  description = "Roles of the pipeline by what they do: plan, apply, deploy."
  value       = { for name, role in aws_iam_role.pipeline : name => role.arn }
}
