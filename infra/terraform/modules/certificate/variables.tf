variable "name" {
  description = "Domain name of the certificate."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.name))
    error_message = "name takes a domain name in lower case, such as signalbox.example.com."
  }
}

variable "zone_id" {
  description = "Route 53 zone that holds the name; the proof that the name is ours is written there."
  type        = string
}
