output "load_balancer_domain_name" {
  description = "Where CloudFront reaches the fleet when there is no domain, and what a record of the origin leads to when there is one."
  value       = aws_lb.this.dns_name
}

output "load_balancer_zone_id" {
  description = "Zone that an alias record names beside the domain name."
  value       = aws_lb.this.zone_id
}

output "load_balancer_suffix" {
  description = "What metrics call the load balancer."
  value       = aws_lb.this.arn_suffix
}

output "target_group_suffix" {
  description = "What metrics call the group of targets."
  value       = aws_lb_target_group.app.arn_suffix
}

output "scaling_group_name" {
  description = "The group that a deployment refreshes."
  value       = aws_autoscaling_group.app.name
}

output "database_id" {
  description = "The database."
  value       = aws_db_instance.this.identifier
}

output "database_address" {
  description = "Host name of the database."
  value       = aws_db_instance.this.address
}

output "database_secret_arn" {
  description = "Secret with the database's user and password, made and turned by RDS."
  value       = one(aws_db_instance.this.master_user_secret[*].secret_arn)
}

output "cache_member_ids" {
  description = "The nodes of the cache, as ElastiCache names them and its metrics know them."
  value       = [for index in range(var.cache.nodes) : format("%s-%03d", aws_elasticache_replication_group.this.replication_group_id, index + 1)]
}

output "cache_address" {
  description = "Host name of the cache; it speaks TLS on port 6379."
  value       = aws_elasticache_replication_group.this.primary_endpoint_address
}
