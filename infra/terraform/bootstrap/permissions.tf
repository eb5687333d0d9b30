# What the roles may do. Actions are those that a whole life of an environment was seen to call, those that change in place what such a life leaves
# as it is, and what AWS asks for beside (permissions.json, held to all three by the test of the infrastructure); here is said on what.

locals {
  permissions = jsondecode(file("${path.module}/permissions.json"))
  of_account  = "${local.account_id}:"

  # Beside the call AWS asks for tags that come with a creation, and keys that services use for it.
  changes = {
    for service in distinct(flatten([for kind in ["change", "update", "beside"] : keys(local.permissions[kind])])) :
    service => distinct(flatten([for kind in ["change", "update", "beside"] : lookup(local.permissions[kind], service, [])]))
  }

  # Where a service gives things names of ours, the name is the fence; elsewhere it is the account.
  resources = {
    acm                  = ["arn:aws:acm:*:${local.of_account}certificate/*"]
    autoscaling          = ["arn:aws:autoscaling:*:${local.of_account}*"]
    cloudfront           = ["arn:aws:cloudfront::${local.of_account}*"]
    cloudwatch           = ["arn:aws:cloudwatch:*:${local.of_account}alarm:signalbox-*", "arn:aws:cloudwatch::${local.of_account}dashboard/signalbox-*"]
    dlm                  = ["arn:aws:dlm:*:${local.of_account}policy/*"]
    ec2                  = ["arn:aws:ec2:*:${local.of_account}*", "arn:aws:ec2:*::image/*", "arn:aws:ec2:*:aws:prefix-list/*"]
    elasticache          = ["arn:aws:elasticache:*:${local.of_account}*"]
    elasticloadbalancing = ["arn:aws:elasticloadbalancing:*:${local.of_account}*"]
    iam                  = [for kind in ["role", "instance-profile"] : "arn:aws:iam::${local.of_account}${kind}/signalbox-*"]
    kms                  = ["arn:aws:kms:*:${local.of_account}key/*", "arn:aws:kms:*:${local.of_account}alias/signalbox-*"]
    logs                 = ["arn:aws:logs:*:${local.of_account}*"]
    rds                  = ["arn:aws:rds:*:${local.of_account}*"]
    route53              = ["arn:aws:route53:::hostedzone/*", "arn:aws:route53:::change/*"]
    s3                   = ["arn:aws:s3:::signalbox-*"]
    secretsmanager       = ["arn:aws:secretsmanager:*:${local.of_account}secret:rds!*"]
    sns                  = ["arn:aws:sns:*:${local.of_account}signalbox-*"]
    ssm                  = ["arn:aws:ssm:*:${local.of_account}parameter/signalbox-*"]
    wafv2                = ["arn:aws:wafv2:*:${local.of_account}*"]
  }

  # Of parameters only the one that Terraform makes is read: settings and keys of the environments are none of its business, and who plans may
  # be a pull request.
  looked_at = merge(local.resources, { ssm = [local.origin_secrets] })

  origin_secrets = "arn:aws:ssm:*:${local.of_account}parameter/signalbox-*/origin-secret"

  # Looking at lists has no resource to name in most services.
  look = concat(
    [{
      Sid      = "Lists"
      Effect   = "Allow"
      Action   = sort(flatten([for service, actions in local.permissions.look : [for action in actions : "${service}:${action}" if can(regex("^(Describe|List)", action))]]))
      Resource = "*"
    }],
    [for service, actions in local.permissions.look : {
      Sid      = "Look${title(service)}"
      Effect   = "Allow"
      Action   = [for action in actions : "${service}:${action}" if !can(regex("^(Describe|List)", action))]
      Resource = local.looked_at[service]
    } if anytrue([for action in actions : !can(regex("^(Describe|List)", action))])],
    [{
      # The provider reads a sealed parameter opened, to find whether it was changed.
      Sid      = "OpenOriginSecrets"
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = "arn:aws:kms:*:${local.of_account}key/*"
      Condition = {
        StringLike = {
          "kms:ViaService"                      = "ssm.*.amazonaws.com"
          "kms:EncryptionContext:PARAMETER_ARN" = local.origin_secrets
        }
        "ForAnyValue:StringLike" = { "kms:ResourceAliases" = "alias/signalbox-*-data" }
      }
    }],
  )

  # In parts: a policy of AWS holds 6144 characters.
  change_statements = {
    for service, actions in local.changes : service => {
      Sid      = "Change${title(service)}"
      Effect   = "Allow"
      Action   = [for action in actions : "${service}:${action}"]
      Resource = local.resources[service]
    }
  }
  keepers         = ["elasticache", "kms", "rds", "s3", "secretsmanager", "ssm"]
  change_network  = [local.change_statements["ec2"]]
  change_stores   = [for service in local.keepers : local.change_statements[service]]
  change_services = [for service, statement in local.change_statements : statement if !contains(concat(["ec2"], local.keepers), service)]

  change_rights = [
    {
      Sid       = "MakeTaggedKeys"
      Effect    = "Allow"
      Action    = "kms:CreateKey"
      Resource  = "*"
      Condition = { StringEquals = { "aws:RequestTag/Project" = "signalbox" } }
    },
    {
      Sid       = "AskForTaggedCertificates"
      Effect    = "Allow"
      Action    = "acm:RequestCertificate"
      Resource  = "*"
      Condition = { StringEquals = { "aws:RequestTag/Project" = "signalbox", "acm:ValidationMethod" = "DNS" } }
    },
    {
      # Zones are somebody else's too: nothing about mail or other proofs.
      Sid       = "WriteAddresses"
      Effect    = "Allow"
      Action    = "route53:ChangeResourceRecordSets"
      Resource  = "arn:aws:route53:::hostedzone/*"
      Condition = { "ForAllValues:StringEquals" = { "route53:ChangeResourceRecordSetsRecordTypes" = ["A", "AAAA", "CNAME"] } }
    },
    {
      # The one policy of AWS's own that instances get: no role can be given another one.
      Sid       = "AttachSessionManager"
      Effect    = "Allow"
      Action    = ["iam:AttachRolePolicy", "iam:DetachRolePolicy"]
      Resource  = "arn:aws:iam::${local.of_account}role/signalbox-*"
      Condition = { ArnEquals = { "iam:PolicyARN" = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" } }
    },
    {
      Sid       = "LendRolesToServices"
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = "arn:aws:iam::${local.of_account}role/signalbox-*"
      Condition = { StringEquals = { "iam:PassedToService" = ["ec2.amazonaws.com", "vpc-flow-logs.amazonaws.com", "dlm.amazonaws.com"] } }
    },
    {
      Sid      = "LetServicesHaveTheirRoles"
      Effect   = "Allow"
      Action   = "iam:CreateServiceLinkedRole"
      Resource = "arn:aws:iam::${local.of_account}role/aws-service-role/*"
    },
    {
      # With an escape hatch closed: nobody changes the roles of the pipeline by the pipeline.
      Sid      = "NeverThePipeline"
      Effect   = "Deny"
      Action   = "iam:*"
      Resource = ["arn:aws:iam::${local.of_account}role/signalbox-pipeline-*", "arn:aws:iam::${local.of_account}policy/signalbox-pipeline-*"]
    },
  ]

  open_state = [
    { Sid = "FindState", Effect = "Allow", Action = "s3:ListBucket", Resource = aws_s3_bucket.state.arn },
    { Sid = "UseKeyOfState", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = aws_kms_key.state.arn },
  ]
  read_state = concat(local.open_state, [
    { Sid = "ReadState", Effect = "Allow", Action = ["s3:GetObject"], Resource = "${aws_s3_bucket.state.arn}/*" },
  ])
  # The lock is a file beside the state, made and taken away with each change.
  write_state = concat(local.open_state, [
    { Sid = "WriteState", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource = "${aws_s3_bucket.state.arn}/*" },
  ])
}
