mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name                 = "signalbox-test"
  frontend_domain_name = "frontend.s3.eu-central-1.amazonaws.com"
  origin               = { domain_name = "ec2-203-0-113-7.eu-central-1.compute.amazonaws.com" }
  origin_secret        = "0123456789abcdef0123456789abcdef"
  logs_bucket_arn      = "arn:aws:s3:::logs"
}

run "the_api_is_never_cached" {
  assert {
    condition     = alltrue([for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior : behavior.cache_policy_id == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" && behavior.target_origin_id == "api" && behavior.viewer_protocol_policy == "https-only"])
    error_message = "Each path of the API goes to the origin, uncached and over TLS."
  }

  assert {
    condition     = toset(aws_cloudfront_distribution.this.ordered_cache_behavior[*].path_pattern) == toset(["/v1/*", "/oauth/*", "/.well-known/*", "/health/*", "/docs", "/docs/*", "/openapi.json"])
    error_message = "These are the paths of the API; metrics are not among them."
  }

  assert {
    condition     = length(aws_cloudfront_distribution.this.custom_error_response) == 0
    error_message = "The API's errors are not turned into pages."
  }
}

run "the_dashboard_is_read_by_signed_requests" {
  assert {
    condition     = aws_cloudfront_origin_access_control.frontend.signing_behavior == "always" && one([for origin in aws_cloudfront_distribution.this.origin : origin.origin_access_control_id if origin.origin_id == "frontend"]) == aws_cloudfront_origin_access_control.frontend.id
    error_message = "The bucket is asked with CloudFront's signature."
  }

  assert {
    condition     = one(one(aws_cloudfront_distribution.this.default_cache_behavior).function_association).event_type == "viewer-request"
    error_message = "Pages are led to the one file before the cache is asked."
  }
}

run "without_a_domain_the_origin_knows_its_distribution_by_a_secret" {
  assert {
    condition     = one([for origin in aws_cloudfront_distribution.this.origin : one(origin.custom_origin_config).origin_protocol_policy if origin.origin_id == "api"]) == "http-only"
    error_message = "Without a certificate the origin is called over HTTP."
  }

  assert {
    condition     = nonsensitive(one(flatten([for origin in aws_cloudfront_distribution.this.origin : [for header in origin.custom_header : header.value == var.origin_secret && header.name == "X-Origin-Secret"] if origin.origin_id == "api"])))
    error_message = "The secret goes along."
  }
}

run "with_a_domain_everything_is_tls_1_2" {
  variables {
    origin = { domain_name = "origin.signalbox.example.com", tls = true }
    domain = { name = "signalbox.example.com", certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555" }
  }

  assert {
    condition     = one(aws_cloudfront_distribution.this.viewer_certificate).minimum_protocol_version == "TLSv1.2_2021" && aws_cloudfront_distribution.this.aliases == toset(["signalbox.example.com"])
    error_message = "Viewers speak TLS 1.2 or newer to the domain."
  }

  assert {
    condition     = one([for origin in aws_cloudfront_distribution.this.origin : one(origin.custom_origin_config).origin_protocol_policy if origin.origin_id == "api"]) == "https-only"
    error_message = "The origin is called over TLS."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    origin        = { domain_name = "203.0.113.7", read_timeout_seconds = 5 }
    origin_secret = "short"
    domain        = { name = "signalbox.example.com", certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/1" }
    price_class   = "cheap"
  }

  expect_failures = [var.origin, var.origin_secret, var.domain, var.price_class]
}
