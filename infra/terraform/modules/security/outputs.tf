output "origin_group_id" {
  description = "Group of what CloudFront reaches."
  value       = aws_security_group.origin.id
}

output "app_group_id" {
  description = "Group of the gateway's instances."
  value       = aws_security_group.app.id
}

output "database_group_id" {
  description = "Group of the database; null in a box."
  value       = local.is_fleet ? aws_security_group.store["database"].id : null
}

output "cache_group_id" {
  description = "Group of the cache; null in a box."
  value       = local.is_fleet ? aws_security_group.store["cache"].id : null
}
