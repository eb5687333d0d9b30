key = "signalbox/account/terraform.tfstate"
