mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name                  = "signalbox-test"
  region                = "eu-central-1"
  zone                  = "eu-central-1a"
  subnet_id             = "subnet-0123456789abcdef0"
  security_group_ids    = ["sg-0123456789abcdef0"]
  instance_profile_name = "signalbox-test-instance"
  kms_key_arn           = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "the_instance_is_small_and_closed" {
  assert {
    condition     = aws_instance.this.instance_type == "t3.micro" && one(aws_instance.this.credit_specification).cpu_credits == "standard"
    error_message = "A t3.micro that cannot spend more than it has earned."
  }

  assert {
    condition     = one(aws_instance.this.metadata_options).http_tokens == "required" && one(aws_instance.this.metadata_options).http_put_response_hop_limit == 1
    error_message = "Metadata are for the instance itself, with a session."
  }

  assert {
    condition     = one(aws_instance.this.root_block_device).encrypted && aws_ebs_volume.data.encrypted && aws_ebs_volume.data.kms_key_id == var.kms_key_arn
    error_message = "Both volumes are encrypted."
  }

  assert {
    condition     = aws_ebs_volume.data.tags["Backup"] == var.name
    error_message = "The data volume carries the tag that backups look for."
  }

  assert {
    condition     = aws_instance.this.ami == "ami-0123456789abcdef0" && aws_eip_association.this.allocation_id == aws_eip.this.id
    error_message = "Debian's image and a fixed address."
  }
}

run "another_size_and_image" {
  variables {
    instance = { type = "m7i.large", image_id = "ami-00000000000000001", termination_protection = true }
  }

  assert {
    condition     = aws_instance.this.disable_api_termination
    error_message = "The instance is kept from mistakes."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    security_group_ids = []
    instance           = { type = "t4g.micro", root_gb = 1, image_id = "debian" }
  }

  expect_failures = [var.security_group_ids, var.instance]
}
