key = "signalbox/production/terraform.tfstate"
