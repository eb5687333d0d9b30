resource "aws_lb" "this" {
  name                       = var.name
  load_balancer_type         = "application"
  subnets                    = var.network.public_subnet_ids
  security_groups            = [var.security_group_ids.load_balancer]
  drop_invalid_header_fields = true
  enable_deletion_protection = var.protected
  # The last address that it names is the client's, as CloudFront saw it; nginx/snippets/client-address.conf reads that one.
  xff_header_processing_mode = "preserve"
  # Above the longest silence of a stream, and above the keep-alive of CloudFront.
  idle_timeout = 75

  access_logs {
    bucket  = var.logs_bucket_name
    prefix  = "load-balancer"
    enabled = true
  }
}

resource "aws_lb_target_group" "app" {
  name                 = var.name
  vpc_id               = var.network.vpc_id
  port                 = 80
  protocol             = "HTTP"
  deregistration_delay = 45

  health_check {
    path                = "/health/ready"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

# Reached by CloudFront alone, which never calls the other port: there is nothing to redirect.
resource "aws_lb_listener" "app" {
  load_balancer_arn = aws_lb.this.arn
  port              = var.certificate_arn == null ? 80 : 443
  protocol          = var.certificate_arn == null ? "HTTP" : "HTTPS"
  ssl_policy        = var.certificate_arn == null ? null : "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}
