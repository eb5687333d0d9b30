mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name       = "signalbox-test"
  vpc_id     = "vpc-0123456789abcdef0"
  shape      = "box"
  origin_tls = false
}

run "a_box_without_a_domain_is_open_to_cloudfront_alone" {
  assert {
    condition     = aws_vpc_security_group_ingress_rule.origin.prefix_list_id == "pl-0123456789abcdef0" && aws_vpc_security_group_ingress_rule.origin.from_port == 80
    error_message = "CloudFront's addresses reach port 80."
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.ssh) + length(aws_vpc_security_group_ingress_rule.certificate_authority) + length(aws_vpc_security_group_ingress_rule.load_balancer) == 0
    error_message = "Nothing else is open."
  }

  assert {
    condition     = length(aws_security_group.store) == 0 && output.database_group_id == null
    error_message = "A box has no database and no cache."
  }
}

run "a_domain_moves_the_origin_to_tls" {
  variables {
    origin_tls = true
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.origin.from_port == 443 && aws_vpc_security_group_ingress_rule.origin.to_port == 443
    error_message = "CloudFront reaches port 443."
  }

  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.certificate_authority : "${rule.cidr_ipv4} ${rule.ip_protocol} ${rule.from_port}-${rule.to_port}"] == ["0.0.0.0/0 tcp 80-80"]
    error_message = "The certificate authority reaches port 80, from wherever it asks."
  }
}

run "a_fleet_is_reached_through_its_load_balancer" {
  variables {
    shape = "fleet"
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.load_balancer[0].referenced_security_group_id == aws_security_group.origin.id
    error_message = "Instances take requests from the load balancer."
  }

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.store : rule.referenced_security_group_id == aws_security_group.app.id && rule.cidr_ipv4 == null])
    error_message = "Database and cache are reached from the gateway's group alone."
  }
}

run "ssh_is_for_named_ranges" {
  variables {
    admin_cidrs  = ["203.0.113.7/32"]
    target_ports = [8443]
  }

  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.ssh : rule.cidr_ipv4] == ["203.0.113.7/32"]
    error_message = "SSH is open to the given range."
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_egress_rule.app : rule.from_port]) == toset([80, 443, 8443])
    error_message = "Targets are reached on the given port too."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    shape        = "boat"
    admin_cidrs  = ["0.0.0.0/0"]
    target_ports = [443]
  }

  expect_failures = [var.shape, var.admin_cidrs, var.target_ports]
}
