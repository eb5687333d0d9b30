variable "name" {
  description = "Prefix of every name, such as signalbox-production."
  type        = string
}

variable "vpc_id" {
  description = "The network the groups belong to."
  type        = string
}

variable "shape" {
  description = "box: one instance behind CloudFront. fleet: instances behind a load balancer, with a database and a cache."
  type        = string

  validation {
    condition     = contains(["box", "fleet"], var.shape)
    error_message = "shape takes box or fleet."
  }
}

variable "origin_tls" {
  description = "Whether CloudFront reaches the origin over TLS (a domain is set) or over plain HTTP."
  type        = bool
}

variable "admin_cidrs" {
  description = "Ranges that may reach SSH. Empty: no rule for port 22 at all; people come by Session Manager."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.admin_cidrs : can(cidrhost(cidr, 0)) && try(tonumber(split("/", cidr)[1]) >= 8, false)])
    error_message = "admin_cidrs takes IPv4 ranges of /8 or smaller, such as 203.0.113.7/32; SSH is never open to everyone."
  }
}

variable "target_ports" {
  description = "TCP ports of the targets that events are delivered to, beside 443 and 80."
  type        = list(number)
  default     = []

  validation {
    condition     = alltrue([for port in var.target_ports : port >= 1 && port <= 65535 && !contains([80, 443], port)])
    error_message = "target_ports takes ports from 1 to 65535; 80 and 443 are open already."
  }
}
