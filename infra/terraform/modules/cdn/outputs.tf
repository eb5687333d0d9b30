output "distribution_id" {
  description = "What a deployment invalidates."
  value       = aws_cloudfront_distribution.this.id
}

output "distribution_arn" {
  description = "The distribution, as bucket policies name it."
  value       = aws_cloudfront_distribution.this.arn
}

output "domain_name" {
  description = "CloudFront's own name of the distribution."
  value       = aws_cloudfront_distribution.this.domain_name
}

output "hosted_zone_id" {
  description = "Zone that an alias record names beside domain_name."
  value       = aws_cloudfront_distribution.this.hosted_zone_id
}
