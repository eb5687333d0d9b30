module "edge_certificate" {
  source    = "../../modules/certificate"
  providers = { aws = aws.us_east_1 }
  count     = local.has_domain ? 1 : 0

  name    = var.domain.name
  zone_id = var.domain.zone_id
}

# The box has its certificate from certbot, because it ends TLS itself.
module "origin_certificate" {
  source = "../../modules/certificate"
  count  = local.has_domain && local.is_fleet ? 1 : 0

  name    = local.origin_name
  zone_id = var.domain.zone_id
}

resource "aws_route53_record" "edge" {
  for_each = local.has_domain ? toset(["A", "AAAA"]) : toset([])

  zone_id = var.domain.zone_id
  name    = var.domain.name
  type    = each.value

  alias {
    name                   = module.cdn.domain_name
    zone_id                = module.cdn.hosted_zone_id
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "origin_box" {
  count = local.has_domain && !local.is_fleet ? 1 : 0

  zone_id = var.domain.zone_id
  name    = local.origin_name
  type    = "A"
  ttl     = 300
  records = [module.compute[0].public_ip]
}

resource "aws_route53_record" "origin_fleet" {
  count = local.has_domain && local.is_fleet ? 1 : 0

  zone_id = var.domain.zone_id
  name    = local.origin_name
  type    = "A"

  alias {
    name                   = module.fleet[0].load_balancer_domain_name
    zone_id                = module.fleet[0].load_balancer_zone_id
    evaluate_target_health = false
  }
}
