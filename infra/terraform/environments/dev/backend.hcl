key = "signalbox/dev/terraform.tfstate"
