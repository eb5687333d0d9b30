variable "name" {
  description = "Prefix of log groups, alarms and dashboard; also the dimension Environment of the hosts' metrics."
  type        = string
}

variable "region" {
  description = "Region of what is watched."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of log groups and alarm messages."
  type        = string
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days takes one of the periods that CloudWatch knows, such as 30, 90 or 365."
  }
}

variable "emails" {
  description = "Who is told of alarms. Each address gets a message with a link to confirm."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for email in var.emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", email))])
    error_message = "emails takes addresses such as operations@example.com."
  }
}

variable "thresholds" {
  description = "Where alarms begin."
  type = object({
    error_lines          = optional(number, 10)
    server_error_percent = optional(number, 5)
    latency_seconds      = optional(number, 1)
    cpu_percent          = optional(number, 85)
    memory_percent       = optional(number, 90)
    disk_percent         = optional(number, 80)
    cpu_credits          = optional(number, 30)
    failed_logins        = optional(number, 20)
    security_events      = optional(number, 50)
    ssh_failures         = optional(number, 10)
    backlog_age_seconds  = optional(number, 900)
    dead_letters         = optional(number, 100)
    worker_restarts      = optional(number, 5)
    backup_age_seconds   = optional(number, 93600)
    certificate_days     = optional(number, 21)
  })
  default = {}

  validation {
    condition     = alltrue([for percent in [var.thresholds.server_error_percent, var.thresholds.cpu_percent, var.thresholds.memory_percent, var.thresholds.disk_percent] : percent > 0 && percent <= 100])
    error_message = "thresholds that end in percent take more than 0 and at most 100."
  }
}

variable "box" {
  description = "The instance of a box; null in a fleet. has_credits says whether its type lives on CPU credits."
  type = object({
    instance_id = string
    has_credits = optional(bool, true)
  })
  default = null
}

variable "fleet" {
  description = "What a fleet is made of; null in a box."
  type = object({
    load_balancer_suffix = string
    target_group_suffix  = string
    scaling_group_name   = string
    database_id          = string
    cache_member_ids     = list(string)
  })
  default = null
}

variable "certificate_arns" {
  description = "Certificates of this region to be watched, by a word for each, such as origin. AWS tells their age in their own region alone."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.certificate_arns) : can(regex("^[a-z]+$", name))])
    error_message = "certificate_arns takes words of lower-case letters as keys."
  }
}
