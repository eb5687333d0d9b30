output "name" {
  description = "What instances name the key pair by."
  value       = aws_key_pair.this.key_name
}

output "fingerprint" {
  description = "Fingerprint of the public key, to compare with the key at hand."
  value       = aws_key_pair.this.fingerprint
}
