variable "name" {
  description = "Prefix of every name, such as signalbox-production."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,23}$", var.name))
    error_message = "name takes 3 to 24 lower-case letters, digits and hyphens and begins with a letter."
  }
}

variable "network" {
  description = "Address range of the network, in how many zones it lies, and how many NAT gateways lead out of the private subnets (0 for the shape box)."
  type = object({
    cidr              = optional(string, "10.20.0.0/16")
    zone_count        = optional(number, 2)
    nat_gateway_count = optional(number, 0)
  })
  default = {}

  validation {
    condition     = can(cidrhost(var.network.cidr, 0)) && try(tonumber(split("/", var.network.cidr)[1]) <= 20, false)
    error_message = "network.cidr takes an IPv4 range of /20 or larger, such as 10.20.0.0/16: each zone takes two subnets of it."
  }

  validation {
    condition     = contains([2, 3], var.network.zone_count)
    error_message = "network.zone_count takes 2 or 3: the load balancer and the database want two zones at least."
  }

  validation {
    condition     = var.network.nat_gateway_count >= 0 && var.network.nat_gateway_count <= var.network.zone_count
    error_message = "network.nat_gateway_count takes 0 to network.zone_count."
  }
}

variable "admin_cidrs" {
  description = "Ranges that may reach port 22 through the network's access list. Empty: nobody; people come by Session Manager."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.admin_cidrs : can(cidrhost(cidr, 0)) && try(tonumber(split("/", cidr)[1]) >= 8, false)])
    error_message = "admin_cidrs takes IPv4 ranges of /8 or smaller, such as 203.0.113.7/32; port 22 is never open to everyone."
  }
}

variable "flow_logs" {
  description = "How long flow logs are kept, and the key that encrypts them."
  type = object({
    retention_days = optional(number, 30)
    kms_key_arn    = string
  })
}
