# A deployment reads what Terraform left for it in a parameter, puts builds and files into their buckets, and asks hosts to fetch them. It does not read
# the state, and what hosts do they do by their own role.
locals {
  deploy = [
    {
      Sid      = "FindFiles"
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = [for kind in ["artifacts", "frontend"] : "arn:aws:s3:::signalbox-*-${local.account_id}-${kind}"]
    },
    {
      Sid      = "PutBuilds"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "arn:aws:s3:::signalbox-*-${local.account_id}-artifacts/*"
    },
    {
      Sid      = "PutDashboard"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
      Resource = "arn:aws:s3:::signalbox-*-${local.account_id}-frontend/*"
    },
    {
      # Builds and secret parameters are sealed with the environments' keys, and opened through these services alone.
      Sid      = "OpenAndSeal"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]
      Resource = "arn:aws:kms:*:${local.account_id}:key/*"
      Condition = {
        StringLike               = { "kms:ViaService" = ["s3.*.amazonaws.com", "ssm.*.amazonaws.com"] }
        "ForAnyValue:StringLike" = { "kms:ResourceAliases" = "alias/signalbox-*-data" }
      }
    },
    {
      Sid      = "RefreshEdge"
      Effect   = "Allow"
      Action   = ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"]
      Resource = "arn:aws:cloudfront::${local.account_id}:distribution/*"
    },
    {
      Sid       = "AskHosts"
      Effect    = "Allow"
      Action    = ["ssm:SendCommand"]
      Resource  = "arn:aws:ec2:*:${local.account_id}:instance/*"
      Condition = { StringEquals = { "ssm:resourceTag/Project" = "signalbox" } }
    },
    {
      Sid      = "AskHostsBy"
      Effect   = "Allow"
      Action   = ["ssm:SendCommand"]
      Resource = "arn:aws:ssm:*::document/AWS-RunShellScript"
    },
    {
      # SSH through Session Manager, to change its key: by that document alone, which gives nothing to who has no key.
      Sid      = "ReachHosts"
      Effect   = "Allow"
      Action   = ["ssm:StartSession"]
      Resource = "arn:aws:ec2:*:${local.account_id}:instance/*"
      Condition = {
        StringEquals = { "ssm:resourceTag/Project" = "signalbox" }
        Bool         = { "ssm:SessionDocumentAccessCheck" = "true" }
      }
    },
    {
      Sid      = "ReachHostsBy"
      Effect   = "Allow"
      Action   = ["ssm:StartSession"]
      Resource = "arn:aws:ssm:*::document/AWS-StartSSHSession"
    },
    {
      Sid       = "EndOwnSessions"
      Effect    = "Allow"
      Action    = ["ssm:TerminateSession"]
      Resource  = "arn:aws:ssm:*:${local.account_id}:session/*"
      Condition = { StringLike = { "ssm:resourceTag/aws:ssmmessages:session-id" = "$${aws:userid}" } }
    },
    {
      Sid      = "KeepSettings"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter", "ssm:GetParametersByPath", "ssm:PutParameter"]
      Resource = "arn:aws:ssm:*:${local.account_id}:parameter/signalbox-*"
    },
    {
      Sid      = "AskDatabases"
      Effect   = "Allow"
      Action   = ["rds:DescribeDBInstances"]
      Resource = "arn:aws:rds:*:${local.account_id}:db:signalbox-*"
    },
    {
      # These have no resource to name.
      Sid      = "FindHostsAndAnswers"
      Effect   = "Allow"
      Action   = ["autoscaling:DescribeAutoScalingGroups", "ssm:GetCommandInvocation"]
      Resource = "*"
    },
  ]
}
