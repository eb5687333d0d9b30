# Groups hold no rules of their own: each rule is a resource with a description. A rule added by hand is therefore not seen by a plan;
# docs/infrastructure.md says what watches for that.

locals {
  is_fleet    = var.shape == "fleet"
  anyone      = "0.0.0.0/0"
  origin_port = var.origin_tls ? 443 : 80

  web_ports = { for port in concat([80, 443], var.target_ports) : tostring(port) => port }
}

# The addresses CloudFront calls origins from. The list weighs 55 of the 60 rules that a group may hold, so its group has one port.
data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}

resource "aws_security_group" "origin" {
  name        = "${var.name}-origin"
  description = "What CloudFront reaches: the instance of a box, the load balancer of a fleet"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-origin" }
}

resource "aws_vpc_security_group_ingress_rule" "origin" {
  security_group_id = aws_security_group.origin.id
  description       = "CloudFront to the origin"
  prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront.id
  ip_protocol       = "tcp"
  from_port         = local.origin_port
  to_port           = local.origin_port
}

resource "aws_security_group" "app" {
  name        = "${var.name}-app"
  description = "Instances of the gateway"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-app" }
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  for_each = toset(var.admin_cidrs)

  security_group_id = aws_security_group.app.id
  description       = "SSH of administrators"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

# The certificate authority calls from addresses it does not name. nginx answers its questions here and leads all else to TLS.
resource "aws_vpc_security_group_ingress_rule" "certificate_authority" {
  count = !local.is_fleet && var.origin_tls ? 1 : 0

  security_group_id = aws_security_group.app.id
  description       = "Questions of the certificate authority"
  cidr_ipv4         = local.anyone
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_vpc_security_group_egress_rule" "app" {
  for_each = local.web_ports

  security_group_id = aws_security_group.app.id
  description       = "Targets, packages and AWS on port ${each.key}"
  cidr_ipv4         = local.anyone
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}
