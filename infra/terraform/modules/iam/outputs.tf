output "instance_profile_name" {
  description = "Profile that instances are started with."
  value       = aws_iam_instance_profile.instance.name
}

output "instance_role_arn" {
  description = "The role behind the profile."
  value       = aws_iam_role.instance.arn
}
