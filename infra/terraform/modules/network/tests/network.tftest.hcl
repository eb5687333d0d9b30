mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name      = "signalbox-test"
  flow_logs = { kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555" }
}

run "the_smallest_network" {
  assert {
    condition     = length(output.public_subnet_ids) == 2 && length(output.private_subnet_ids) == 2
    error_message = "Two zones make two public and two private subnets."
  }

  assert {
    condition     = length(setunion(values(local.public_cidrs), values(local.private_cidrs))) == 4
    error_message = "No two subnets share a range."
  }

  assert {
    condition     = alltrue([for subnet in concat(values(aws_subnet.public), values(aws_subnet.private)) : !subnet.map_public_ip_on_launch])
    error_message = "No subnet gives public addresses on its own."
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_route.nat) == 0
    error_message = "Without NAT gateways the private subnets have no way out."
  }

  assert {
    condition     = alltrue([for rule in aws_network_acl_rule.public_ingress : !(rule.from_port <= 22 && rule.to_port >= 22)])
    error_message = "Without administrators' ranges nobody reaches port 22."
  }

  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_cloudwatch_log_group.flow.kms_key_id == var.flow_logs.kms_key_arn
    error_message = "All traffic is logged, encrypted with the given key."
  }
}

run "administrators_alone_reach_port_22" {
  variables {
    admin_cidrs = ["203.0.113.7/32"]
  }

  assert {
    condition     = [for rule in aws_network_acl_rule.public_ingress : rule.cidr_block if rule.from_port <= 22 && rule.to_port >= 22] == ["203.0.113.7/32"]
    error_message = "Port 22 is open to the given range and nobody else."
  }
}

run "each_private_subnet_gets_a_way_out" {
  variables {
    network = { zone_count = 3, nat_gateway_count = 2 }
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 2 && length(aws_route.nat) == 3 && length(output.nat_addresses) == 2
    error_message = "Three private subnets share two NAT gateways."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    name        = "Signalbox_Test"
    network     = { cidr = "10.0.0.0/24", zone_count = 1, nat_gateway_count = 5 }
    admin_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.name, var.network, var.admin_cidrs]
}
