variable "region" {
  description = "Region of the state."
  type        = string
}

variable "owner" {
  description = "Who answers for the account; a tag on everything."
  type        = string
}

variable "github" {
  description = "The repository whose workflows may plan, apply and deploy. With the numeric ids of owner and repository the subjects are those that GitHub sends for repositories made or renamed since July 2026; old_subjects takes those without ids too, while a repository moves from the one to the other."
  type = object({
    owner         = string
    owner_id      = optional(number)
    repository    = string
    repository_id = optional(number)
    old_subjects  = optional(bool, false)
  })

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+$", var.github.owner)) && can(regex("^[A-Za-z0-9._-]+$", var.github.repository))
    error_message = "github takes an owner and a repository such as { owner = \"example\", repository = \"signalbox\" }, without wildcards."
  }

  validation {
    condition     = (var.github.owner_id == null) == (var.github.repository_id == null)
    error_message = "github takes owner_id and repository_id together, or neither."
  }
}

variable "environments" {
  description = "Environments of the repository on GitHub that may apply and deploy."
  type        = list(string)
  default     = ["dev", "staging", "production"]

  validation {
    condition     = length(var.environments) > 0 && alltrue([for name in var.environments : can(regex("^[a-z][a-z0-9]{1,11}$", name))])
    error_message = "environments takes names of 2 to 12 lower-case letters and digits, such as production."
  }
}
