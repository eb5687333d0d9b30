resource "aws_key_pair" "this" {
  key_name   = var.name
  public_key = trimspace(var.public_key)

  tags = { Name = var.name }
}
