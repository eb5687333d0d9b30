output "bucket_names" {
  description = "Names of the buckets by what they are for: frontend, logs, backups, artifacts."
  value       = { for name, bucket in aws_s3_bucket.this : name => bucket.bucket }
}

output "bucket_arns" {
  description = "The same buckets' resource names."
  value       = { for name, bucket in aws_s3_bucket.this : name => bucket.arn }
}

output "frontend_domain_name" {
  description = "Where CloudFront finds the dashboard's files."
  value       = aws_s3_bucket.this["frontend"].bucket_regional_domain_name
}

output "logs_bucket_name" {
  description = "Name of the log bucket, once it takes logs: load balancers try that when they are made."
  value       = aws_s3_bucket.this["logs"].bucket
  depends_on  = [aws_s3_bucket_policy.this]
}
