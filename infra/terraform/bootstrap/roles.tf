# Workflows take roles for minutes, by a token that GitHub signs. Who may take one is said by the exact subject: never by a pattern.

locals {
  issuer = "token.actions.githubusercontent.com"

  named_repository = "${var.github.owner}/${var.github.repository}"
  numbered_repository = (
    var.github.owner_id == null ? null :
    "${var.github.owner}@${var.github.owner_id}/${var.github.repository}@${var.github.repository_id}"
  )
  repositories = compact([
    local.numbered_repository,
    local.numbered_repository == null || var.github.old_subjects ? local.named_repository : null,
  ])

  of_environments = [
    for pair in setproduct(local.repositories, var.environments) : "repo:${pair[0]}:environment:${pair[1]}"
  ]

  roles = {
    plan = {
      about    = "Looks at everything that Terraform made, and changes nothing"
      subjects = concat([for name in local.repositories : "repo:${name}:pull_request"], [for name in local.repositories : "repo:${name}:ref:refs/heads/main"])
      policies = { state = local.read_state, look = local.look }
    }
    apply = {
      about    = "Makes, changes and destroys what Terraform describes"
      subjects = local.of_environments
      policies = { state = local.write_state, look = local.look, network = local.change_network, stores = local.change_stores, services = local.change_services, rights = local.change_rights }
    }
    deploy = {
      about    = "Brings builds and the dashboard out, and asks hosts to take them"
      subjects = local.of_environments
      policies = { deploy = local.deploy }
    }
  }

  policies = merge([
    for role, content in local.roles : {
      for name, statements in content.policies : "${role}-${name}" => { role = role, name = name, statements = statements }
    }
  ]...)
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "pipeline" {
  for_each = local.roles

  name                 = "signalbox-pipeline-${each.key}"
  description          = each.value.about
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = "sts.amazonaws.com"
          "${local.issuer}:sub" = each.value.subjects
        }
      }
    }]
  })
}

resource "aws_iam_policy" "pipeline" {
  for_each = local.policies

  name        = "signalbox-pipeline-${each.key}"
  description = "What the pipeline's role ${each.value.role} may do: ${each.value.name}"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = each.value.statements
  })

  lifecycle {
    precondition {
      condition     = length(jsonencode(each.value.statements)) < 6100
      error_message = "A policy of AWS holds 6144 characters; divide this one."
    }
  }
}

resource "aws_iam_role_policy_attachment" "pipeline" {
  for_each = local.policies

  role       = aws_iam_role.pipeline[each.value.role].name
  policy_arn = aws_iam_policy.pipeline[each.key].arn
}
