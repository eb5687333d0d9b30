variable "name" {
  description = "Prefix of every name, such as signalbox-production."
  type        = string
}

variable "region" {
  description = "Region of the instance."
  type        = string
}

variable "zone" {
  description = "Availability zone of the subnet; the data volume lies in the same one."
  type        = string
}

variable "subnet_id" {
  description = "A public subnet."
  type        = string
}

variable "security_group_ids" {
  description = "Groups of the instance."
  type        = list(string)

  validation {
    condition     = length(var.security_group_ids) > 0
    error_message = "security_group_ids takes at least one group; the network's default group lets nothing through."
  }
}

variable "instance_profile_name" {
  description = "Profile with what the instance may do."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of the volumes."
  type        = string
}

variable "key_pair_name" {
  description = "Key pair for SSH; null for none."
  type        = string
  default     = null
}

variable "instance" {
  description = "Type of the instance, its volumes in GiB, its image (null takes Debian's newest Debian 12 at the first apply), and whether it is kept from being terminated by mistake."
  type = object({
    type                   = optional(string, "t3.micro")
    root_gb                = optional(number, 12)
    data_gb                = optional(number, 20)
    image_id               = optional(string)
    termination_protection = optional(bool, false)
  })
  default = {}

  validation {
    condition     = can(regex("^(t3|t3a|m5|m6i|m7i|c5|c6i|c7i)\\.[a-z0-9]+$", var.instance.type))
    error_message = "instance.type takes a 64-bit Intel or AMD type on Nitro, such as t3.micro: the host's software is installed for those."
  }

  validation {
    condition     = var.instance.root_gb >= 8 && var.instance.data_gb >= 8
    error_message = "instance.root_gb and instance.data_gb take at least 8."
  }

  validation {
    condition     = var.instance.image_id == null || can(regex("^ami-[0-9a-f]+$", var.instance.image_id))
    error_message = "instance.image_id takes the id of an image, such as ami-0123456789abcdef0."
  }
}

variable "software" {
  description = "Versions for the host; see the module host."
  type = object({
    node_version = optional(string)
    node_sha256  = optional(string)
    pm2_version  = optional(string)
  })
  default = {}
}
