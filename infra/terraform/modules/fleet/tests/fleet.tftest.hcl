mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name                  = "signalbox-test"
  region                = "eu-central-1"
  network               = { vpc_id = "vpc-1", public_subnet_ids = ["subnet-1", "subnet-2"], private_subnet_ids = ["subnet-3", "subnet-4"] }
  security_group_ids    = { load_balancer = "sg-1", app = "sg-2", database = "sg-3", cache = "sg-4" }
  instance_profile_name = "signalbox-test-instance"
  kms_key_arn           = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  logs_bucket_name      = "logs"
}

run "everything_is_encrypted_and_private" {
  assert {
    condition     = aws_db_instance.this.storage_encrypted && !aws_db_instance.this.publicly_accessible && aws_db_instance.this.manage_master_user_password && aws_db_instance.this.password == null
    error_message = "The database is encrypted and private, and its password is made by RDS."
  }

  assert {
    condition     = contains([for parameter in aws_db_parameter_group.this.parameter : "${parameter.name}=${parameter.value}"], "rds.force_ssl=1")
    error_message = "The database speaks TLS only."
  }

  assert {
    condition     = tobool(aws_elasticache_replication_group.this.at_rest_encryption_enabled) && aws_elasticache_replication_group.this.transit_encryption_enabled
    error_message = "The cache is encrypted at rest and on its way."
  }

  assert {
    condition     = toset(aws_autoscaling_group.app.vpc_zone_identifier) == toset(["subnet-3", "subnet-4"]) && toset(aws_lb.this.subnets) == toset(["subnet-1", "subnet-2"])
    error_message = "Instances are private; the load balancer alone is public."
  }

  assert {
    condition     = one(aws_launch_template.app.metadata_options).http_tokens == "required" && tobool(one(one(aws_launch_template.app.block_device_mappings).ebs).encrypted)
    error_message = "Instances want a session for metadata and have encrypted volumes."
  }
}

run "instances_are_replaced_without_a_gap" {
  assert {
    condition     = one(one(aws_autoscaling_group.app.instance_refresh).preferences).min_healthy_percentage == 100 && one(one(aws_autoscaling_group.app.instance_refresh).preferences).auto_rollback
    error_message = "New instances come before old ones go, and go again when they fail."
  }

  assert {
    condition     = one(aws_lb_target_group.app.health_check).path == "/health/ready"
    error_message = "Who is not ready gets no requests."
  }
}

run "instances_are_known_by_their_tags" {
  assert {
    condition     = { for tag in aws_autoscaling_group.app.tag : tag.key => tag.value if tag.propagate_at_launch } == { Project = "signalbox", Environment = "test", ManagedBy = "terraform", Owner = "platform", Name = "signalbox-test-app" }
    error_message = "Whoever may send commands to the project's instances may send them to these."
  }
}

run "an_instance_that_is_not_ready_gets_no_requests_and_stays" {
  assert {
    condition     = aws_autoscaling_group.app.health_check_type == "EC2"
    error_message = "A group without a release, or whose database is away, would be replaced again and again."
  }
}

run "the_image_stays_until_it_is_replaced_on_purpose" {
  override_data {
    target = data.aws_ami.debian
    values = { id = "ami-00000000000000002" }
  }

  assert {
    condition     = aws_launch_template.app.image_id == "ami-0123456789abcdef0"
    error_message = "A newer image is no change."
  }
}

run "a_named_image_is_taken" {
  variables {
    instances = { image_id = "ami-00000000000000001" }
  }

  assert {
    condition     = aws_launch_template.app.image_id == "ami-00000000000000001"
    error_message = "What is named goes before what is found."
  }
}

run "production_is_protected" {
  variables {
    protected       = true
    certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
    database        = { two_zones = true, backup_days = 14 }
    cache           = { nodes = 2 }
  }

  assert {
    condition     = aws_lb.this.enable_deletion_protection && aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot
    error_message = "Nothing goes by mistake or without a last copy."
  }

  assert {
    condition     = aws_lb_listener.app.protocol == "HTTPS" && aws_lb_listener.app.ssl_policy == "ELBSecurityPolicy-TLS13-1-2-2021-06"
    error_message = "With a certificate the load balancer speaks TLS 1.2 or newer."
  }

  assert {
    condition     = output.cache_member_ids == ["signalbox-test-001", "signalbox-test-002"]
    error_message = "Members of the cache are known by their names."
  }

  assert {
    condition     = aws_elasticache_replication_group.this.automatic_failover_enabled && aws_db_instance.this.multi_az
    error_message = "Database and cache stand in two zones."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    name      = "signalbox-with-a-very-long-name"
    network   = { vpc_id = "vpc-1", public_subnet_ids = ["subnet-1"], private_subnet_ids = [] }
    instances = { min = 3, max = 2 }
    database  = { backup_days = 1, storage_gb = 5 }
    cache     = { nodes = 0 }
  }

  expect_failures = [var.name, var.network, var.instances, var.database, var.cache]
}
