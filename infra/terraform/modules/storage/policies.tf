locals {
  bucket_arns = { for name in keys(local.buckets) : name => aws_s3_bucket.this[name].arn }

  of_this_account = { StringEquals = { "aws:SourceAccount" = var.account_id } }

  dashboard_reader = {
    Sid       = "DashboardThroughCloudFront"
    Effect    = "Allow"
    Principal = { Service = "cloudfront.amazonaws.com" }
    Action    = "s3:GetObject"
    Resource  = "${local.bucket_arns.frontend}/*"
    Condition = { StringEquals = { "aws:SourceArn" = var.distribution_arn } }
  }

  services = {
    logs = [
      {
        Sid       = "AccessLogsOfBuckets"
        Effect    = "Allow"
        Principal = { Service = "logging.s3.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${local.bucket_arns.logs}/*"
        Condition = local.of_this_account
      },
      {
        Sid       = "AccessLogsOfLoadBalancers"
        Effect    = "Allow"
        Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${local.bucket_arns.logs}/load-balancer/AWSLogs/${var.account_id}/*"
      },
      {
        Sid       = "AccessLogsOfCloudFront"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${local.bucket_arns.logs}/*"
        Condition = local.of_this_account
      },
    ]
  }
}

locals {
  tls_only = {
    for name, arn in local.bucket_arns : name => {
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "s3:*"
      Resource  = [arn, "${arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  for_each = toset(["logs", "backups", "artifacts"])

  bucket = aws_s3_bucket.this[each.key].id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([local.tls_only[each.key]], lookup(local.services, each.key, []))
  })

  depends_on = [aws_s3_bucket_public_access_block.this]
}

# Apart: it waits for the distribution, which may wait for a load balancer, which waits for the policy of the log bucket.
resource "aws_s3_bucket_policy" "frontend" {
  bucket = aws_s3_bucket.this["frontend"].id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [local.tls_only.frontend, local.dashboard_reader]
  })

  depends_on = [aws_s3_bucket_public_access_block.this]
}
