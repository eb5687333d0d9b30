environment = "staging"
region      = "eu-central-1"
owner       = "platform"
shape       = "fleet"
protected   = false
network     = { cidr = "10.21.0.0/16" }
instances   = { type = "t3.micro", min = 2, max = 3 }
retention   = { log_days = 30, backup_days = 14, snapshot_count = 7 }
