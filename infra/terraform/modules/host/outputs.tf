output "user_data" {
  description = "What cloud-init runs at the first start, as text. It holds no secret."
  value       = local.user_data
}
