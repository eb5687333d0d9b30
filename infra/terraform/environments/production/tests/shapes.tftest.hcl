mock_provider "aws" {
  source = "../../mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "../../mocks"
}

variables {
  origin_secret = "0123456789abcdef0123456789abcdef"
}

run "a_box_without_a_domain" {
  assert {
    condition     = output.deployment.instance_id != null && output.deployment.scaling_group_name == null && output.deployment.database == null
    error_message = "A box is one instance."
  }

  assert {
    condition     = startswith(output.url, "https://") && length(aws_route53_record.edge) == 0 && length(output.delivery_addresses) == 1
    error_message = "CloudFront's own name is used, and no records are written."
  }
}

run "a_box_stands_in_the_first_zone" {
  assert {
    condition     = module.compute[0].zone == "eu-central-1a"
    error_message = "Nothing else was asked for."
  }
}

run "a_box_may_stand_in_another_zone" {
  variables {
    instance = { zone = "eu-central-1b" }
  }

  assert {
    condition     = module.compute[0].zone == "eu-central-1b"
    error_message = "When a zone is lost the box is made in another one."
  }
}

run "the_box_becomes_a_fleet_with_a_domain" {
  variables {
    shape  = "fleet"
    domain = { name = "signalbox.example.com", zone_id = "Z0123456789EXAMPLE" }
  }

  assert {
    condition     = output.deployment.instance_id == null && output.deployment.scaling_group_name == "signalbox-production-app" && output.deployment.database != null
    error_message = "A fleet is a group of instances and a database."
  }

  assert {
    condition     = output.url == "https://signalbox.example.com" && toset(keys(aws_route53_record.edge)) == toset(["A", "AAAA"]) && length(aws_route53_record.origin_fleet) == 1 && length(aws_route53_record.origin_box) == 0
    error_message = "The name leads to CloudFront, and the origin's to the load balancer."
  }

  assert {
    condition     = length(output.delivery_addresses) == 2
    error_message = "Deliveries come from two NAT gateways."
  }
}

run "the_fleet_becomes_a_box_with_a_domain" {
  variables {
    domain = { name = "signalbox.example.com", zone_id = "Z0123456789EXAMPLE" }
  }

  assert {
    condition     = length(aws_route53_record.origin_box) == 1 && length(module.origin_certificate) == 0 && output.deployment.origin_name == "origin.signalbox.example.com"
    error_message = "The origin's name leads to the box, which has its certificate from elsewhere."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    environment       = "Production!"
    shape             = "boat"
    nat_gateway_count = 0
    instance          = { zone = "b" }
  }

  expect_failures = [var.environment, var.shape, var.nat_gateway_count, var.instance]
}
