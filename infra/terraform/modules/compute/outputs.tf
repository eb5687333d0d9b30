output "instance_id" {
  description = "The instance."
  value       = aws_instance.this.id
}

output "public_ip" {
  description = "Its fixed address: where events are delivered from, and where SSH answers to those it is open to."
  value       = aws_eip.this.public_ip
}

output "public_dns" {
  description = "Name of that address, which CloudFront calls when there is no domain."
  value       = aws_eip.this.public_dns
}

output "zone" {
  description = "Zone of the data volume, and of the instance beside it."
  value       = aws_ebs_volume.data.availability_zone
}

output "data_volume_id" {
  description = "Volume with the gateway's data."
  value       = aws_ebs_volume.data.id
}
