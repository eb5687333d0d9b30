output "url" {
  description = "Where people and senders reach the gateway: what PUBLIC_URL is to be."
  value       = "https://${local.has_domain ? var.domain.name : module.cdn.domain_name}"
}

output "deployment" {
  description = "What a deployment reads: terraform output -json deployment."
  value = {
    name               = local.name
    region             = var.region
    shape              = var.shape
    artifacts_bucket   = module.storage.bucket_names.artifacts
    backups_bucket     = module.storage.bucket_names.backups
    frontend_bucket    = module.storage.bucket_names.frontend
    distribution_id    = module.cdn.distribution_id
    origin_name        = local.origin_name
    settings_path      = "/${local.name}/"
    instance_id        = one(module.compute[*].instance_id)
    public_ip          = one(module.compute[*].public_ip)
    scaling_group_name = one(module.fleet[*].scaling_group_name)
    database = local.is_fleet ? {
      address    = module.fleet[0].database_address
      secret_arn = module.fleet[0].database_secret_arn
    } : null
    cache_address = one(module.fleet[*].cache_address)
  }
}

output "delivery_addresses" {
  description = "Addresses that deliveries come from: what receivers may put on their lists."
  value       = local.is_fleet ? module.network.nat_addresses : [module.compute[0].public_ip]
}

output "monitoring" {
  description = "Topic, alarms, log groups and dashboard."
  value = {
    topic_arn       = module.monitoring.topic_arn
    alarm_names     = module.monitoring.alarm_names
    log_group_names = module.monitoring.log_group_names
    dashboard_name  = module.monitoring.dashboard_name
  }
}
