variable "name" {
  description = "Name of the key pair, such as signalbox-production."
  type        = string
}

variable "public_key" {
  description = "Public half of an SSH key in OpenSSH's form. The private half never comes here: it stays with who made it."
  type        = string

  validation {
    condition     = can(regex("^(ssh-ed25519 AAAAC3NzaC1lZDI1NTE5[A-Za-z0-9+/]{40,}={0,2}|ssh-rsa AAAAB3NzaC1yc2[A-Za-z0-9+/]{500,}={0,2})( [^\\n]*)?$", trimspace(var.public_key)))
    error_message = "public_key takes one line that begins with ssh-ed25519 (or ssh-rsa of 3072 bits or more), as ssh-keygen writes it to the .pub file."
  }
}
