variable "name" {
  description = "Prefix of every name; volumes with the tag Backup of this value are copied."
  type        = string
}

variable "schedule" {
  description = "When volumes are copied (UTC, HH:MM), how many copies are kept, and a second region for copies of the copies."
  type = object({
    at          = optional(string, "03:15")
    keep_count  = optional(number, 14)
    copy_region = optional(string)
    copy_days   = optional(number, 14)
  })
  default = {}

  validation {
    condition     = can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", var.schedule.at))
    error_message = "schedule.at takes a time such as 03:15 (UTC)."
  }

  validation {
    condition     = var.schedule.keep_count >= 1 && var.schedule.keep_count <= 1000
    error_message = "schedule.keep_count takes 1 to 1000."
  }

  validation {
    condition     = var.schedule.copy_days >= 1
    error_message = "schedule.copy_days takes at least one day."
  }
}

variable "kms_key_arn" {
  description = "Key of the volumes."
  type        = string
}
