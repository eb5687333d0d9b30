variable "region" {
  description = "Region of the trail's bucket and alarms; the trail itself hears all regions."
  type        = string
}

variable "owner" {
  description = "Who answers for the account; a tag on everything."
  type        = string
}

variable "alarm_emails" {
  description = "Who is told of changes of groups and rights, of the root user, and of costs."
  type        = list(string)

  validation {
    condition     = length(var.alarm_emails) > 0 && alltrue([for email in var.alarm_emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", email))])
    error_message = "alarm_emails takes at least one address such as operations@example.com."
  }
}

variable "monthly_budget_usd" {
  description = "What a month may cost. At 80 % of it, and when it is foreseen to be passed, somebody is told."
  type        = number

  validation {
    condition     = var.monthly_budget_usd > 0
    error_message = "monthly_budget_usd takes more than 0."
  }
}

variable "trail_retention_days" {
  description = "How long the trail is kept in its bucket, and in its log group."
  type        = object({ bucket = number, log_group = number })
  default     = { bucket = 400, log_group = 90 }

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400], var.trail_retention_days.log_group) && var.trail_retention_days.bucket >= 90
    error_message = "trail_retention_days takes at least 90 for the bucket, and for log_group a number of days that CloudWatch knows, such as 90."
  }
}
