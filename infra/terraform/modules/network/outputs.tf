output "vpc_id" {
  description = "The network."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "Its address range."
  value       = aws_vpc.this.cidr_block
}

output "public_subnet_ids" {
  description = "One subnet a zone with a way to and from the internet, in the order of the zones."
  value       = [for zone in local.zones : aws_subnet.public[zone].id]
}

output "private_subnet_ids" {
  description = "One subnet a zone that nothing from the internet reaches, in the order of the zones."
  value       = [for zone in local.zones : aws_subnet.private[zone].id]
}

output "zones" {
  description = "The availability zones of the subnets."
  value       = local.zones
}

output "nat_addresses" {
  description = "Addresses that deliveries of the fleet come from: what receivers may put on their lists."
  value       = aws_eip.nat[*].public_ip
}
