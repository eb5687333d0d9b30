variable "name" {
  description = "Prefix of the keys' aliases, such as signalbox-production."
  type        = string
}

variable "account_id" {
  description = "The account that owns the keys."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id takes the twelve digits of an AWS account."
  }
}

variable "region" {
  description = "Region of the keys and of the services that use them."
  type        = string
}

variable "deletion_window_days" {
  description = "How long a key that was given up can still be taken back."
  type        = number
  default     = 30

  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30
    error_message = "deletion_window_days takes 7 to 30."
  }
}
