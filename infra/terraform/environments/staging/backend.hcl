key = "signalbox/staging/terraform.tfstate"
