# An instance that writes one encrypted object when it starts: proof that a machine in the network, with the instance
# role alone, gets through the bucket's TLS rule and the key's policy.

data "aws_ssm_parameter" "proof_instance_ami" {
  name = var.proof_instance_ami_parameter
}

resource "aws_iam_role" "proof_instance" {
  name        = "${local.global_name}-proof-instance"
  description = "Lets the proof instance write its object."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "proof_instance" {
  name = "write-proof"
  role = aws_iam_role.proof_instance.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "WriteProof"
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "${aws_s3_bucket.content.arn}/${local.proof_object_key}"
      },
      {
        Sid      = "UseKey"
        Effect   = "Allow"
        Action   = local.key_actions.upload
        Resource = aws_kms_key.main.arn
      },
    ]
  })
}

resource "aws_iam_instance_profile" "proof_instance" {
  name = "${local.global_name}-proof-instance"
  role = aws_iam_role.proof_instance.name
}

resource "aws_security_group" "proof_instance" {
  name        = "${local.stack_name}-proof-instance"
  description = "Proof instance: nothing in, HTTPS out"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${local.stack_name}-proof-instance" }
}

resource "aws_vpc_security_group_egress_rule" "proof_instance_https" {
  security_group_id = aws_security_group.proof_instance.id
  description       = "AWS APIs"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

locals {
  proof_script = templatefile("${path.module}/proof-instance.sh.tftpl", {
    bucket      = aws_s3_bucket.content.id
    object_key  = local.proof_object_key
    kms_key_arn = aws_kms_key.main.arn
    region      = var.region
  })
}

resource "aws_instance" "proof" {
  ami                         = data.aws_ssm_parameter.proof_instance_ami.insecure_value
  instance_type               = var.proof_instance_type
  subnet_id                   = aws_subnet.public[0].id # gives it its public address
  vpc_security_group_ids      = [aws_security_group.proof_instance.id]
  iam_instance_profile        = aws_iam_instance_profile.proof_instance.name
  user_data_replace_on_change = true
  user_data                   = local.proof_script

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    volume_type           = "gp3"
    volume_size           = 8
    encrypted             = true
    kms_key_id            = aws_kms_key.main.arn
    delete_on_termination = true
  }

  tags = { Name = "${local.stack_name}-proof" }

  lifecycle {
    ignore_changes = [ami] # a newer image must not replace the instance: a second plan is empty
  }

  # What the script needs is there before the script runs.
  depends_on = [
    aws_iam_role_policy.proof_instance,
    aws_route.public_internet,
    aws_route_table_association.public,
    aws_s3_bucket_notification.content,
    aws_s3_bucket_policy.content,
    aws_s3_bucket_server_side_encryption_configuration.content,
    aws_vpc_security_group_egress_rule.proof_instance_https,
  ]
}
