variable "name" {
  description = "Prefix of the buckets' names, such as signalbox-production."
  type        = string
}

variable "account_id" {
  description = "The account; a part of the buckets' names, which are unique in the whole world."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id takes the twelve digits of an AWS account."
  }
}

variable "kms_key_arn" {
  description = "Key of backups and artifacts."
  type        = string
}

variable "distribution_arn" {
  description = "The CloudFront distribution that alone may read the dashboard's files."
  type        = string
}

variable "retention" {
  description = "How long things are kept, in days. backup_lock_days above 0 keeps backups from being deleted before that, by anybody without a special right."
  type = object({
    log_days         = optional(number, 90)
    backup_days      = optional(number, 35)
    backup_lock_days = optional(number, 0)
    artifact_days    = optional(number, 90)
    old_version_days = optional(number, 30)
  })
  default = {}

  validation {
    condition     = alltrue([for days in [var.retention.log_days, var.retention.backup_days, var.retention.artifact_days, var.retention.old_version_days] : days >= 1])
    error_message = "retention takes at least one day for each kind."
  }

  validation {
    condition     = var.retention.backup_lock_days >= 0 && var.retention.backup_lock_days <= var.retention.backup_days
    error_message = "retention.backup_lock_days takes 0 to retention.backup_days: what is locked cannot expire."
  }
}

variable "deletable" {
  description = "Whether buckets may be destroyed with what is in them. For throw-away environments alone."
  type        = bool
  default     = false
}
