variable "name" {
  description = "Prefix of every name, such as signalbox-production."
  type        = string

  validation {
    condition     = length(var.name) <= 24
    error_message = "name takes 24 characters at most: names of load balancers take no more than 32."
  }
}

variable "region" {
  description = "Region of the fleet."
  type        = string
}

variable "network" {
  description = "The network, its public subnets for the load balancer, and its private ones, with a way out, for all else."
  type = object({
    vpc_id             = string
    public_subnet_ids  = list(string)
    private_subnet_ids = list(string)
  })

  validation {
    condition     = length(var.network.public_subnet_ids) >= 2 && length(var.network.private_subnet_ids) >= 2
    error_message = "network takes at least two public and two private subnets, in different zones."
  }
}

variable "security_group_ids" {
  description = "Groups of the load balancer, the instances, the database and the cache."
  type = object({
    load_balancer = string
    app           = string
    database      = string
    cache         = string
  })
}

variable "instance_profile_name" {
  description = "Profile with what instances may do."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of volumes, database, its password, and cache."
  type        = string
}

variable "logs_bucket_name" {
  description = "Where the load balancer's access logs go."
  type        = string
}

variable "certificate_arn" {
  description = "Certificate of the load balancer, in this region; null listens on plain HTTP for CloudFront alone."
  type        = string
  default     = null
}

variable "key_pair_name" {
  description = "Key pair for SSH; null for none."
  type        = string
  default     = null
}

variable "instances" {
  description = "Type, image (null takes Debian's newest Debian 12) and number of instances, and the processor load that the group grows at."
  type = object({
    type        = optional(string, "t3.small")
    image_id    = optional(string)
    min         = optional(number, 2)
    max         = optional(number, 4)
    cpu_percent = optional(number, 60)
    root_gb     = optional(number, 16)
  })
  default = {}

  validation {
    condition     = var.instances.min >= 1 && var.instances.max >= var.instances.min
    error_message = "instances.min takes at least 1, and instances.max at least as many."
  }

  validation {
    condition     = var.instances.cpu_percent >= 20 && var.instances.cpu_percent <= 90
    error_message = "instances.cpu_percent takes 20 to 90."
  }
}

variable "database" {
  description = "Class and storage of PostgreSQL, how long its backups are kept, and whether it stands in two zones."
  type = object({
    class           = optional(string, "db.t4g.micro")
    version         = optional(string, "16")
    storage_gb      = optional(number, 20)
    max_gb          = optional(number, 100)
    backup_days     = optional(number, 7)
    two_zones       = optional(bool, false)
    max_connections = optional(number, 100)
  })
  default = {}

  validation {
    condition     = var.database.backup_days >= 7 && var.database.backup_days <= 35
    error_message = "database.backup_days takes 7 to 35."
  }

  validation {
    condition     = var.database.storage_gb >= 20 && var.database.max_gb > var.database.storage_gb
    error_message = "database.storage_gb takes at least 20, and database.max_gb more than that."
  }
}

variable "cache" {
  description = "Node type of Redis, and how many nodes; two or more take over from one another."
  type = object({
    type  = optional(string, "cache.t4g.micro")
    nodes = optional(number, 1)
  })
  default = {}

  validation {
    condition     = var.cache.nodes >= 1 && var.cache.nodes <= 6
    error_message = "cache.nodes takes 1 to 6."
  }
}

variable "protected" {
  description = "Keeps load balancer and database from being deleted by mistake."
  type        = bool
  default     = false
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
