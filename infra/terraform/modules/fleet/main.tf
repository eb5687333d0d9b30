data "aws_ami" "debian" {
  most_recent = true
  # Debian's own account.
  owners = ["136693071363"]

  filter {
    name   = "name"
    values = ["debian-12-amd64-*"]
  }
}

# A newer image of Debian's replaces no running instance by itself: the one found first stays until this is replaced on purpose, see
# docs/infrastructure.md.
resource "terraform_data" "image" {
  input = data.aws_ami.debian.id

  lifecycle {
    ignore_changes = [input]
  }
}

# The tags of everything else reach what Terraform makes; what the group starts gets only what is said here.
data "aws_default_tags" "this" {}

module "host" {
  source = "../host"

  name     = var.name
  region   = var.region
  software = { for name, value in var.software : name => value if value != null }
}

resource "aws_launch_template" "app" {
  name                   = "${var.name}-app"
  description            = "Instances of the gateway"
  image_id               = coalesce(var.instances.image_id, terraform_data.image.output)
  instance_type          = var.instances.type
  key_name               = var.key_pair_name
  vpc_security_group_ids = [var.security_group_ids.app]
  user_data              = base64encode(module.host.user_data)
  update_default_version = true
  ebs_optimized          = true

  iam_instance_profile {
    name = var.instance_profile_name
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  monitoring {
    enabled = true
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = var.instances.root_gb
      encrypted             = true
      kms_key_id            = var.kms_key_arn
      delete_on_termination = true
    }
  }
}

resource "aws_autoscaling_group" "app" {
  name                = "${var.name}-app"
  min_size            = var.instances.min
  max_size            = var.instances.max
  vpc_zone_identifier = var.network.private_subnet_ids
  target_group_arns   = [aws_lb_target_group.app.arn]
  # The load balancer sends requests by readiness. It does not end instances by it: before the first release, and while the database is away,
  # none is ready, and a new one would be no readier.
  health_check_type       = "EC2"
  default_instance_warmup = 300
  # The gateway comes with a deployment: a new group's instances answer only after the first one.
  wait_for_capacity_timeout = "0"
  enabled_metrics           = ["GroupInServiceInstances", "GroupDesiredCapacity"]

  launch_template {
    id      = aws_launch_template.app.id
    version = aws_launch_template.app.latest_version
  }

  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage = 100
      max_healthy_percentage = 150
      auto_rollback          = true
      # Until an instance has its software and the release.
      instance_warmup = 600
    }
  }

  # Deployments may send commands to instances with the project's tag alone.
  dynamic "tag" {
    for_each = merge(data.aws_default_tags.this.tags, { Name = "${var.name}-app" })

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}

resource "aws_autoscaling_policy" "processor" {
  name                   = "processor"
  autoscaling_group_name = aws_autoscaling_group.app.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = var.instances.cpu_percent

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
