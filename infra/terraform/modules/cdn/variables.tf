variable "name" {
  description = "Prefix of every name, such as signalbox-production."
  type        = string
}

variable "frontend_domain_name" {
  description = "Domain name of the bucket with the dashboard's files."
  type        = string
}

variable "origin" {
  description = "Where the API answers, whether over TLS (its certificate must then be for that name), and how long an answer may take. 60 s is the most that CloudFront gives without asking for more."
  type = object({
    domain_name          = string
    tls                  = optional(bool, false)
    read_timeout_seconds = optional(number, 60)
  })

  validation {
    condition     = !can(regex("^[0-9.]+$", var.origin.domain_name))
    error_message = "origin.domain_name takes a name: CloudFront calls no bare addresses."
  }

  validation {
    condition     = var.origin.read_timeout_seconds >= 30 && var.origin.read_timeout_seconds <= 60
    error_message = "origin.read_timeout_seconds takes 30 to 60: streams are silent for up to 20 s, and CloudFront gives 60 at most."
  }
}

variable "origin_secret" {
  description = "What CloudFront sends along in X-Origin-Secret, so that the origin can tell this distribution from others. Kept in the state, as CloudFront knows no other way."
  type        = string
  sensitive   = true

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{32,128}$", var.origin_secret))
    error_message = "origin_secret takes 32 to 128 letters, digits, hyphens and underscores, such as openssl rand -hex 32 prints."
  }
}

variable "domain" {
  description = "Name that people and senders use, and its certificate in us-east-1; null uses CloudFront's own name."
  type = object({
    name            = string
    certificate_arn = string
  })
  default = null

  validation {
    condition     = var.domain == null || try(startswith(var.domain.certificate_arn, "arn:aws:acm:us-east-1:"), false)
    error_message = "domain.certificate_arn takes a certificate in us-east-1: CloudFront looks nowhere else."
  }
}

variable "logs_bucket_arn" {
  description = "Where access logs go."
  type        = string
}

variable "web_acl_arn" {
  description = "Web access list in front of everything; null for none."
  type        = string
  default     = null
}

variable "price_class" {
  description = "How much of the world has a short way: PriceClass_100, PriceClass_200 or PriceClass_All."
  type        = string
  default     = "PriceClass_100"

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class takes PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}
