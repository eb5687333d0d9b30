data "aws_caller_identity" "current" {}

locals {
  name        = "signalbox-${var.environment}"
  account_id  = data.aws_caller_identity.current.account_id
  is_fleet    = var.shape == "fleet"
  has_domain  = var.domain != null
  origin_name = local.has_domain ? "origin.${var.domain.name}" : null

  # The data volume lies in one zone, and the box beside it.
  box_zone    = coalesce(var.instance.zone, module.network.zones[0])
  box_subnets = zipmap(module.network.zones, module.network.public_subnet_ids)

  # What is left out takes the modules' defaults.
  network = { for key, value in var.network : key => value if value != null }
}

module "kms" {
  source = "../../modules/kms"

  name       = local.name
  account_id = local.account_id
  region     = var.region
}

module "network" {
  source = "../../modules/network"

  name        = local.name
  network     = merge(local.network, { nat_gateway_count = local.is_fleet ? var.nat_gateway_count : 0 })
  admin_cidrs = var.ssh.admin_cidrs
  flow_logs   = { kms_key_arn = module.kms.telemetry_key_arn, retention_days = var.retention.log_days }
}

module "security" {
  source = "../../modules/security"

  name         = local.name
  vpc_id       = module.network.vpc_id
  shape        = var.shape
  origin_tls   = local.has_domain
  admin_cidrs  = var.ssh.admin_cidrs
  target_ports = var.target_ports
}

module "storage" {
  source = "../../modules/storage"

  name             = local.name
  account_id       = local.account_id
  kms_key_arn      = module.kms.data_key_arn
  distribution_arn = module.cdn.distribution_arn
  deletable        = !var.protected
  retention = {
    log_days         = var.retention.access_log_days
    backup_days      = var.retention.backup_days
    backup_lock_days = var.retention.backup_lock_days
    artifact_days    = var.retention.artifact_days
  }
}

module "iam" {
  source = "../../modules/iam"

  name                 = local.name
  account_id           = local.account_id
  region               = var.region
  artifacts_bucket_arn = module.storage.bucket_arns.artifacts
  backups_bucket_arn   = module.storage.bucket_arns.backups
  kms_key_arn          = module.kms.data_key_arn
}

module "key_pair" {
  source = "../../modules/key-pair"
  count  = var.ssh.public_key == null ? 0 : 1

  name       = local.name
  public_key = var.ssh.public_key
}

module "compute" {
  source = "../../modules/compute"
  count  = local.is_fleet ? 0 : 1

  name                  = local.name
  region                = var.region
  zone                  = local.box_zone
  subnet_id             = local.box_subnets[local.box_zone]
  security_group_ids    = [module.security.origin_group_id, module.security.app_group_id]
  instance_profile_name = module.iam.instance_profile_name
  kms_key_arn           = module.kms.data_key_arn
  key_pair_name         = one(module.key_pair[*].name)
  instance              = merge({ for key, value in var.instance : key => value if value != null }, { termination_protection = var.protected })
  software              = var.software
}

module "fleet" {
  source = "../../modules/fleet"
  count  = local.is_fleet ? 1 : 0

  name   = local.name
  region = var.region
  network = {
    vpc_id             = module.network.vpc_id
    public_subnet_ids  = module.network.public_subnet_ids
    private_subnet_ids = module.network.private_subnet_ids
  }
  security_group_ids = {
    load_balancer = module.security.origin_group_id
    app           = module.security.app_group_id
    database      = module.security.database_group_id
    cache         = module.security.cache_group_id
  }
  instance_profile_name = module.iam.instance_profile_name
  kms_key_arn           = module.kms.data_key_arn
  logs_bucket_name      = module.storage.logs_bucket_name
  certificate_arn       = one(module.origin_certificate[*].arn)
  key_pair_name         = one(module.key_pair[*].name)
  instances             = { for key, value in var.instances : key => value if value != null }
  database              = { for key, value in var.database : key => value if value != null }
  cache                 = { for key, value in var.cache : key => value if value != null }
  protected             = var.protected
  software              = var.software
}

module "cdn" {
  source    = "../../modules/cdn"
  providers = { aws = aws.us_east_1 }

  name                 = local.name
  frontend_domain_name = module.storage.frontend_domain_name
  logs_bucket_arn      = module.storage.bucket_arns.logs
  origin_secret        = var.origin_secret
  domain               = local.has_domain ? { name = var.domain.name, certificate_arn = module.edge_certificate[0].arn } : null
  origin = {
    tls         = local.has_domain
    domain_name = local.has_domain ? local.origin_name : local.is_fleet ? module.fleet[0].load_balancer_domain_name : module.compute[0].public_dns
  }
}

# What nginx compares the header of CloudFront with.
resource "aws_ssm_parameter" "origin_secret" {
  name             = "/${local.name}/origin-secret"
  description      = "What CloudFront sends in X-Origin-Secret"
  type             = "SecureString"
  key_id           = module.kms.data_key_arn
  value_wo         = var.origin_secret
  value_wo_version = var.origin_secret_version
}

module "monitoring" {
  source = "../../modules/monitoring"

  name               = local.name
  region             = var.region
  kms_key_arn        = module.kms.telemetry_key_arn
  log_retention_days = var.retention.log_days
  emails             = var.alarm_emails
  thresholds         = var.alarm_thresholds
  certificate_arns   = { for arn in module.origin_certificate[*].arn : "origin" => arn }
  box = local.is_fleet ? null : {
    instance_id = module.compute[0].instance_id
    has_credits = startswith(var.instance.type, "t3")
  }
  fleet = !local.is_fleet ? null : {
    load_balancer_suffix = module.fleet[0].load_balancer_suffix
    target_group_suffix  = module.fleet[0].target_group_suffix
    scaling_group_name   = module.fleet[0].scaling_group_name
    database_id          = module.fleet[0].database_id
    cache_member_ids     = module.fleet[0].cache_member_ids
  }
}

module "backup" {
  source = "../../modules/backup"

  name        = local.name
  kms_key_arn = module.kms.data_key_arn
  schedule    = { keep_count = var.retention.snapshot_count, copy_region = var.snapshot_copy_region }
}
