provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project     = "signalbox"
      Environment = "shared"
      ManagedBy   = "terraform"
      Owner       = var.owner
    }
  }
}
