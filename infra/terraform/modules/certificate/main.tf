resource "aws_acm_certificate" "this" {
  domain_name       = var.name
  validation_method = "DNS"

  tags = { Name = var.name }

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  proof = one(aws_acm_certificate.this.domain_validation_options)
}

resource "aws_route53_record" "proof" {
  zone_id = var.zone_id
  name    = local.proof.resource_record_name
  type    = local.proof.resource_record_type
  ttl     = 300
  records = [local.proof.resource_record_value]
  # Two certificates for one name, in two regions, have the same proof.
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [aws_route53_record.proof.fqdn]
}
