resource "aws_iam_role" "snapshots" {
  name        = "${var.name}-snapshots"
  description = "Lets the life cycle manager copy volumes"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "dlm.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "snapshots" {
  name = "copy-volumes"
  role = aws_iam_role.snapshots.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # These have no resource to name.
        Sid      = "Find"
        Effect   = "Allow"
        Action   = ["ec2:DescribeInstances", "ec2:DescribeSnapshots", "ec2:DescribeVolumes"]
        Resource = "*"
      },
      {
        Sid      = "Copy"
        Effect   = "Allow"
        Action   = ["ec2:CreateSnapshot", "ec2:CreateSnapshots", "ec2:CopySnapshot"]
        Resource = ["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*::snapshot/*"]
      },
      {
        Sid      = "Tag"
        Effect   = "Allow"
        Action   = "ec2:CreateTags"
        Resource = "arn:aws:ec2:*::snapshot/*"
      },
      {
        Sid       = "ForgetOwnCopies"
        Effect    = "Allow"
        Action    = "ec2:DeleteSnapshot"
        Resource  = "arn:aws:ec2:*::snapshot/*"
        Condition = { StringEquals = { "ec2:ResourceTag/Backup" = var.name } }
      },
      {
        Sid      = "UseTheKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"]
        Resource = var.kms_key_arn
      },
      {
        Sid       = "GrantTheKeyToEc2"
        Effect    = "Allow"
        Action    = "kms:CreateGrant"
        Resource  = var.kms_key_arn
        Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
      },
    ]
  })
}

resource "aws_dlm_lifecycle_policy" "this" {
  description        = "Daily copies of the volumes of ${var.name}"
  execution_role_arn = aws_iam_role.snapshots.arn
  state              = "ENABLED"

  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Backup = var.name }

    schedule {
      name      = "daily"
      copy_tags = true

      create_rule {
        interval      = 24
        interval_unit = "HOURS"
        times         = [var.schedule.at]
      }

      retain_rule {
        count = var.schedule.keep_count
      }

      dynamic "cross_region_copy_rule" {
        for_each = var.schedule.copy_region == null ? [] : [var.schedule.copy_region]

        content {
          target    = cross_region_copy_rule.value
          encrypted = true
          copy_tags = true

          retain_rule {
            interval      = var.schedule.copy_days
            interval_unit = "DAYS"
          }
        }
      }
    }
  }

  tags = { Name = var.name }
}
