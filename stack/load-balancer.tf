resource "aws_security_group" "alb" {
  name        = "${local.stack_name}-alb"
  description = "Public load balancer: HTTP from anywhere, HTTPS from the VPC"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${local.stack_name}-alb" }
}

resource "aws_vpc_security_group_ingress_rule" "alb_http_ipv4" {
  security_group_id = aws_security_group.alb.id
  description       = "HTTP from anywhere"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "alb_http_ipv6" {
  security_group_id = aws_security_group.alb.id
  description       = "HTTP from anywhere"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv6         = "::/0"
}

resource "aws_vpc_security_group_ingress_rule" "alb_https_vpc" {
  security_group_id = aws_security_group.alb.id
  description       = "HTTPS from the VPC alone"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = aws_vpc.main.cidr_block
}

# No way out is needed: the load balancer invokes a function through Lambda's API and not through the VPC.

resource "aws_lb" "main" {
  name                       = "${local.stack_name}-alb"
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = aws_subnet.public[*].id
  security_groups            = [aws_security_group.alb.id]
  drop_invalid_header_fields = true

  access_logs {
    bucket  = aws_s3_bucket.logs.id
    prefix  = local.access_logs_prefix
    enabled = true
  }

  depends_on = [
    aws_internet_gateway.main,
    # A test object is delivered at once, and the load balancer refused if that fails.
    aws_s3_bucket_policy.logs,
    aws_s3_bucket_server_side_encryption_configuration.logs,
  ]
}

resource "aws_lb_target_group" "ingest" {
  name        = "${local.stack_name}-ingest"
  target_type = "lambda"

  health_check {
    enabled  = true
    path     = "/health"
    matcher  = "200"
    interval = 60
    timeout  = 30
  }
}

resource "aws_lb_target_group_attachment" "ingest" {
  target_group_arn = aws_lb_target_group.ingest.arn
  target_id        = module.ingest.function_arn

  # Registering a function checks that it may be invoked.
  depends_on = [aws_lambda_permission.load_balancer]
}

resource "aws_lambda_permission" "load_balancer" {
  statement_id  = "AllowInvokeFromTargetGroup"
  action        = "lambda:InvokeFunction"
  function_name = module.ingest.function_name
  principal     = "elasticloadbalancing.amazonaws.com"
  source_arn    = aws_lb_target_group.ingest.arn
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.main.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.ingest.arn
  }
}
