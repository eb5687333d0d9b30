locals {
  tags = {
    Project     = "signalbox"
    Environment = var.environment
    ManagedBy   = "terraform"
    Owner       = var.owner
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = local.tags
  }
}

# CloudFront's certificates and logs live in this region only.
provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"

  default_tags {
    tags = local.tags
  }
}
