variable "name" {
  description = "Prefix of every name, such as signalbox-production; also of the log groups and parameters that instances may use."
  type        = string
}

variable "account_id" {
  description = "The account of the log groups and parameters."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id takes the twelve digits of an AWS account."
  }
}

variable "region" {
  description = "Region of the log groups and parameters."
  type        = string
}

variable "artifacts_bucket_arn" {
  description = "Where instances read builds from."
  type        = string
}

variable "backups_bucket_arn" {
  description = "Where instances put backups, and read them to restore. They may not delete any."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of builds, backups and parameters."
  type        = string
}

variable "metric_namespace" {
  description = "The only namespace that instances may write metrics to."
  type        = string
  default     = "Signalbox"

  validation {
    condition     = !startswith(var.metric_namespace, "AWS/")
    error_message = "metric_namespace takes a name of our own; those that begin with AWS/ are taken."
  }
}
