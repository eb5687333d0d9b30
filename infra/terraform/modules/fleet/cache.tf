resource "aws_elasticache_subnet_group" "this" {
  name        = var.name
  description = "Private subnets of ${var.name}"
  subnet_ids  = var.network.private_subnet_ids
}

# Counts of rate limits: nothing that may not be lost. No password, because there is no way to give one that keeps it out of the state;
# the group lets the gateway's instances in and nobody else.
resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = var.name
  description                = "Rate limits of ${var.name}"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = var.cache.type
  num_cache_clusters         = var.cache.nodes
  automatic_failover_enabled = var.cache.nodes > 1
  multi_az_enabled           = var.cache.nodes > 1
  subnet_group_name          = aws_elasticache_subnet_group.this.name
  security_group_ids         = [var.security_group_ids.cache]
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  kms_key_id                 = var.kms_key_arn
  snapshot_retention_limit   = 1
  snapshot_window            = "01:00-02:00"
  apply_immediately          = true
}
