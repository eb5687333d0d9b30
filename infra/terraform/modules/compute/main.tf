data "aws_ami" "debian" {
  most_recent = true
  # Debian's own account.
  owners = ["136693071363"]

  filter {
    name   = "name"
    values = ["debian-12-amd64-*"]
  }

  filter {
    name   = "architecture"
    values = ["x86_64"]
  }
}

module "host" {
  source = "../host"

  name           = var.name
  region         = var.region
  data_volume_id = aws_ebs_volume.data.id
  software       = { for name, value in var.software : name => value if value != null }
}

resource "aws_instance" "this" {
  ami                     = coalesce(var.instance.image_id, data.aws_ami.debian.id)
  instance_type           = var.instance.type
  subnet_id               = var.subnet_id
  vpc_security_group_ids  = var.security_group_ids
  iam_instance_profile    = var.instance_profile_name
  key_name                = var.key_pair_name
  user_data               = module.host.user_data
  ebs_optimized           = true
  monitoring              = true
  disable_api_termination = var.instance.termination_protection

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  dynamic "credit_specification" {
    for_each = startswith(var.instance.type, "t3") ? ["standard"] : []

    content {
      cpu_credits = credit_specification.value
    }
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = var.instance.root_gb
    encrypted   = true
    kms_key_id  = var.kms_key_arn
    tags        = { Name = "${var.name}-root" }
  }

  tags = { Name = var.name }

  lifecycle {
    # A newer image or changed user data does not replace a running instance; docs/infrastructure.md says how to do that on purpose.
    ignore_changes = [ami, user_data]
  }
}

# Apart from the instance, so that the data outlives it.
resource "aws_ebs_volume" "data" {
  availability_zone = var.zone
  type              = "gp3"
  size              = var.instance.data_gb
  encrypted         = true
  kms_key_id        = var.kms_key_arn

  tags = {
    Name   = "${var.name}-data"
    Backup = var.name
  }
}

resource "aws_volume_attachment" "data" {
  device_name                    = "/dev/sdf"
  volume_id                      = aws_ebs_volume.data.id
  instance_id                    = aws_instance.this.id
  stop_instance_before_detaching = true
}

resource "aws_eip" "this" {
  domain = "vpc"

  tags = { Name = var.name }
}

resource "aws_eip_association" "this" {
  allocation_id = aws_eip.this.id
  instance_id   = aws_instance.this.id
}
