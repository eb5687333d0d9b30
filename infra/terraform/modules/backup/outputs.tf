output "policy_id" {
  description = "The life cycle policy that makes and forgets the copies."
  value       = aws_dlm_lifecycle_policy.this.id
}
