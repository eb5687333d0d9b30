variable "environment" {
  description = "Name of the environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,11}$", var.environment))
    error_message = "environment takes 2 to 12 lower-case letters and digits, such as dev."
  }
}

variable "region" {
  description = "Region of everything but what CloudFront wants in us-east-1."
  type        = string
}

variable "owner" {
  description = "Who answers for this environment; a tag on everything."
  type        = string
}

variable "shape" {
  description = "box: one instance with an embedded store. fleet: instances behind a load balancer, with PostgreSQL and Redis."
  type        = string
  default     = "box"

  validation {
    condition     = contains(["box", "fleet"], var.shape)
    error_message = "shape takes box or fleet."
  }
}

variable "domain" {
  description = "Name that people and senders use, and its zone in Route 53. Null: CloudFront's own name, and plain HTTP from CloudFront to the origin."
  type = object({
    name    = string
    zone_id = string
  })
  default = null
}

variable "origin_secret" {
  description = "What CloudFront tells the origin to be known by: 32 to 128 letters and digits. Give it as TF_VAR_origin_secret, never in a file."
  type        = string
  sensitive   = true
}

variable "origin_secret_version" {
  description = "Raise it by one with each new origin_secret, so that the hosts' copy is written again."
  type        = number
  default     = 1
}

variable "network" {
  description = "Address range and zones; see the module network."
  type = object({
    cidr       = optional(string)
    zone_count = optional(number)
  })
  default = {}
}

variable "nat_gateway_count" {
  description = "NAT gateways of a fleet; a box has none."
  type        = number
  default     = 1

  validation {
    condition     = var.nat_gateway_count >= 1
    error_message = "nat_gateway_count takes at least 1: a fleet's instances have no other way out."
  }
}

variable "ssh" {
  description = "Public key and ranges of those who may log in by SSH. Without either there is no SSH from outside; Session Manager is there always."
  type = object({
    public_key  = optional(string)
    admin_cidrs = optional(list(string), [])
  })
  default = {}
}

variable "target_ports" {
  description = "Ports of targets beside 443 and 80."
  type        = list(number)
  default     = []
}

variable "instance" {
  description = "The instance of a box; see the module compute. zone is one of the network's zones, such as eu-central-1b; null takes the first."
  type = object({
    type     = optional(string, "t3.micro")
    zone     = optional(string)
    root_gb  = optional(number)
    data_gb  = optional(number)
    image_id = optional(string)
  })
  default = {}

  validation {
    condition     = var.instance.zone == null || can(regex("^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$", var.instance.zone))
    error_message = "instance.zone takes the name of a zone, such as eu-central-1b."
  }
}

variable "instances" {
  description = "The instances of a fleet; see the module fleet."
  type = object({
    type        = optional(string)
    image_id    = optional(string)
    min         = optional(number)
    max         = optional(number)
    cpu_percent = optional(number)
    root_gb     = optional(number)
  })
  default = {}
}

variable "database" {
  description = "The database of a fleet; see the module fleet."
  type = object({
    class           = optional(string)
    storage_gb      = optional(number)
    max_gb          = optional(number)
    backup_days     = optional(number)
    two_zones       = optional(bool)
    max_connections = optional(number)
  })
  default = {}
}

variable "cache" {
  description = "The cache of a fleet; see the module fleet."
  type = object({
    type  = optional(string)
    nodes = optional(number)
  })
  default = {}
}

variable "software" {
  description = "Versions for the hosts; see the module host."
  type = object({
    node_version = optional(string)
    node_sha256  = optional(string)
    pm2_version  = optional(string)
  })
  default = {}
}

variable "protected" {
  description = "Keeps instance, load balancer and database from being deleted by mistake, and buckets from going with what is in them."
  type        = bool
  default     = true
}

variable "retention" {
  description = "How long logs in CloudWatch, access logs, backups (and how long they are locked) and builds are kept, in days; and how many copies of the volume."
  type = object({
    log_days         = optional(number, 30)
    access_log_days  = optional(number, 90)
    backup_days      = optional(number, 35)
    backup_lock_days = optional(number, 0)
    artifact_days    = optional(number, 90)
    snapshot_count   = optional(number, 14)
  })
  default = {}
}

variable "snapshot_copy_region" {
  description = "Second region for copies of the volume; null for none."
  type        = string
  default     = null
}

variable "alarm_emails" {
  description = "Who is told of alarms."
  type        = list(string)
  default     = []
}

variable "alarm_thresholds" {
  description = "Where alarms begin; see the module monitoring."
  type        = map(number)
  default     = {}
}
