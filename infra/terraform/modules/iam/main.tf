locals {
  log_groups = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/${var.name}/*"

  instance_policies = {
    builds-and-backups = [
      {
        Sid      = "ReadBuilds"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectVersion"]
        Resource = "${var.artifacts_bucket_arn}/*"
      },
      {
        Sid      = "KeepAndRestoreBackups"
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:GetObject", "s3:GetObjectVersion"]
        Resource = "${var.backups_bucket_arn}/*"
      },
      {
        Sid      = "FindBuildsAndBackups"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = [var.artifacts_bucket_arn, var.backups_bucket_arn]
      },
      {
        Sid      = "OpenAndSeal"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.kms_key_arn
      },
    ]
    settings = [
      {
        Sid      = "ReadSettings"
        Effect   = "Allow"
        Action   = ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"]
        Resource = "arn:aws:ssm:${var.region}:${var.account_id}:parameter/${var.name}/*"
      },
    ]
    telemetry = [
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        Resource = [local.log_groups, "${local.log_groups}:*"]
      },
      {
        # Metrics have no resource to name; the namespace is the fence.
        Sid       = "WriteMetrics"
        Effect    = "Allow"
        Action    = "cloudwatch:PutMetricData"
        Resource  = "*"
        Condition = { StringEquals = { "cloudwatch:namespace" = var.metric_namespace } }
      },
    ]
  }
}

resource "aws_iam_role" "instance" {
  name        = "${var.name}-instance"
  description = "What an instance of the gateway may do"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "instance" {
  for_each = local.instance_policies

  name = each.key
  role = aws_iam_role.instance.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = each.value
  })
}

# Session Manager: a shell without an open port.
resource "aws_iam_role_policy_attachment" "session_manager" {
  role       = aws_iam_role.instance.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

# What was added by hand is seen by the next plan, and taken away by the next apply.
resource "aws_iam_role_policies_exclusive" "instance" {
  role_name    = aws_iam_role.instance.name
  policy_names = [for policy in aws_iam_role_policy.instance : policy.name]
}

resource "aws_iam_role_policy_attachments_exclusive" "instance" {
  role_name   = aws_iam_role.instance.name
  policy_arns = [aws_iam_role_policy_attachment.session_manager.policy_arn]
}

resource "aws_iam_instance_profile" "instance" {
  name = "${var.name}-instance"
  role = aws_iam_role.instance.name
}
