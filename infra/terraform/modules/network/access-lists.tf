# Access lists know no connections: the answers to what goes out come in again on the ports from 1024 on.
# Addresses, names, time and metadata of the network itself are not filtered by them.

locals {
  anyone = "0.0.0.0/0"

  public_ingress = merge(
    {
      100 = { description = "web", cidr = local.anyone, from = 80, to = 80 }
      110 = { description = "web over TLS", cidr = local.anyone, from = 443, to = 443 }
      120 = { description = "answers, and targets on high ports on their way to the NAT gateway", cidr = local.anyone, from = 1024, to = 65535 }
    },
    { for index, cidr in var.admin_cidrs : 200 + index => { description = "SSH of administrators", cidr = cidr, from = 22, to = 22 } },
  )

  private_ingress = {
    100 = { description = "neighbours", cidr = var.network.cidr, from = 1, to = 65535 }
    110 = { description = "answers", cidr = local.anyone, from = 1024, to = 65535 }
  }

  egress = {
    100 = { description = "web", cidr = local.anyone, from = 80, to = 80 }
    110 = { description = "web over TLS", cidr = local.anyone, from = 443, to = 443 }
    120 = { description = "answers, and targets on high ports", cidr = local.anyone, from = 1024, to = 65535 }
  }
}

resource "aws_network_acl" "public" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = [for subnet in aws_subnet.public : subnet.id]

  tags = { Name = "${var.name}-public" }
}

resource "aws_network_acl" "private" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = [for subnet in aws_subnet.private : subnet.id]

  tags = { Name = "${var.name}-private" }
}

resource "aws_network_acl_rule" "public_ingress" {
  for_each = local.public_ingress

  network_acl_id = aws_network_acl.public.id
  rule_number    = tonumber(each.key)
  egress         = false
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = each.value.cidr
  from_port      = each.value.from
  to_port        = each.value.to
}

resource "aws_network_acl_rule" "private_ingress" {
  for_each = local.private_ingress

  network_acl_id = aws_network_acl.private.id
  rule_number    = tonumber(each.key)
  egress         = false
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = each.value.cidr
  from_port      = each.value.from
  to_port        = each.value.to
}

resource "aws_network_acl_rule" "egress" {
  for_each = merge([
    for list, id in { public = aws_network_acl.public.id, private = aws_network_acl.private.id } : {
      for number, rule in local.egress : "${list}-${number}" => merge(rule, { list_id = id, number = number })
    }
  ]...)

  network_acl_id = each.value.list_id
  rule_number    = tonumber(each.value.number)
  egress         = true
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = each.value.cidr
  from_port      = each.value.from
  to_port        = each.value.to
}
