key = "signalbox/bootstrap/terraform.tfstate"
