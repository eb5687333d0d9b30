locals {
  # Without this the account could lock itself out of its own key. Who else may use it is said by the roles.
  owner = {
    Sid       = "OwnedByTheAccount"
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
    Action    = "kms:*"
    Resource  = "*"
  }

  use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]

  # Volumes are opened by EC2 for whoever starts the instance: a person, the scaling group, the snapshot service.
  through_ec2 = {
    "kms:CallerAccount" = var.account_id
    "kms:ViaService"    = "ec2.${var.region}.amazonaws.com"
  }

  keys = {
    data = {
      description = "Volumes, backups, artifacts, secrets, database and cache of ${var.name}"
      statements = [
        {
          Sid       = "VolumesThroughEc2"
          Effect    = "Allow"
          Principal = { AWS = "*" }
          Action    = local.use
          Resource  = "*"
          Condition = { StringEquals = local.through_ec2 }
        },
        {
          Sid       = "VolumesOfInstancesThroughEc2"
          Effect    = "Allow"
          Principal = { AWS = "*" }
          Action    = "kms:CreateGrant"
          Resource  = "*"
          Condition = {
            StringEquals = local.through_ec2
            Bool         = { "kms:GrantIsForAWSResource" = "true" }
          }
        },
      ]
    }
    telemetry = {
      description = "Log groups and alarm messages of ${var.name}"
      statements = [
        {
          Sid       = "LogGroups"
          Effect    = "Allow"
          Principal = { Service = "logs.${var.region}.amazonaws.com" }
          Action    = local.use
          Resource  = "*"
          Condition = {
            ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/${var.name}/*" }
          }
        },
        {
          Sid       = "AlarmMessages"
          Effect    = "Allow"
          Principal = { Service = "cloudwatch.amazonaws.com" }
          Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
          Resource  = "*"
          Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
        },
      ]
    }
  }
}

resource "aws_kms_key" "this" {
  for_each = local.keys

  description             = each.value.description
  enable_key_rotation     = true
  deletion_window_in_days = var.deletion_window_days

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([local.owner], each.value.statements)
  })

  tags = { Name = "${var.name}-${each.key}" }
}

resource "aws_kms_alias" "this" {
  for_each = local.keys

  name          = "alias/${var.name}-${each.key}"
  target_key_id = aws_kms_key.this[each.key].key_id
}
