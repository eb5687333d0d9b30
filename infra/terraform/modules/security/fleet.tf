resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  count = local.is_fleet ? 1 : 0

  security_group_id            = aws_security_group.origin.id
  description                  = "Load balancer to nginx on the instances"
  referenced_security_group_id = aws_security_group.app.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  count = local.is_fleet ? 1 : 0

  security_group_id            = aws_security_group.app.id
  description                  = "Load balancer to nginx"
  referenced_security_group_id = aws_security_group.origin.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

locals {
  stores = local.is_fleet ? {
    database = { description = "PostgreSQL", port = 5432 }
    cache    = { description = "Redis", port = 6379 }
  } : {}
}

resource "aws_security_group" "store" {
  for_each = local.stores

  name        = "${var.name}-${each.key}"
  description = "${each.value.description}, reached by instances of the gateway alone"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-${each.key}" }
}

resource "aws_vpc_security_group_ingress_rule" "store" {
  for_each = local.stores

  security_group_id            = aws_security_group.store[each.key].id
  description                  = "Gateway to ${each.value.description}"
  referenced_security_group_id = aws_security_group.app.id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "store" {
  for_each = local.stores

  security_group_id            = aws_security_group.app.id
  description                  = "Gateway to ${each.value.description}"
  referenced_security_group_id = aws_security_group.store[each.key].id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}
