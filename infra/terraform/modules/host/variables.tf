variable "name" {
  description = "Prefix of the log groups that the host writes to, such as signalbox-production."
  type        = string
}

variable "region" {
  description = "Region that the host is in."
  type        = string
}

variable "data_volume_id" {
  description = "Volume that /var/lib/signalbox lies on; null keeps the data on the root volume (a fleet keeps none on its instances)."
  type        = string
  default     = null

  validation {
    condition     = var.data_volume_id == null || can(regex("^vol-[0-9a-z]+$", var.data_volume_id))
    error_message = "data_volume_id takes the id of a volume, such as vol-0123456789abcdef0."
  }
}

variable "software" {
  description = "Versions of what the host gets beside Debian's packages. node_sha256 is the checksum of Node's linux-x64 archive; null takes it from the list published beside the archive."
  type = object({
    node_version = optional(string, "24.11.1")
    node_sha256  = optional(string)
    pm2_version  = optional(string, "7.0.4")
  })
  default = {}

  validation {
    condition     = can(regex("^24\\.[0-9]+\\.[0-9]+$", var.software.node_version))
    error_message = "software.node_version takes a full version of Node 24, such as 24.11.1: the gateway runs on no other."
  }

  validation {
    condition     = var.software.node_sha256 == null || can(regex("^[0-9a-f]{64}$", var.software.node_sha256))
    error_message = "software.node_sha256 takes 64 hexadecimal digits."
  }

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", var.software.pm2_version))
    error_message = "software.pm2_version takes a full version, such as 7.0.4."
  }
}

variable "swap_mb" {
  description = "Size of the swap file. An instance with 1 GiB needs one."
  type        = number
  default     = 1024

  validation {
    condition     = var.swap_mb >= 0 && var.swap_mb <= 8192
    error_message = "swap_mb takes 0 (none) to 8192."
  }
}
