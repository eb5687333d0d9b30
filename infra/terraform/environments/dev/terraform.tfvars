environment = "dev"
region      = "eu-central-1"
owner       = "platform"
shape       = "box"
protected   = false
network     = { cidr = "10.20.0.0/16" }
retention   = { log_days = 14, access_log_days = 30, backup_days = 14, artifact_days = 30, snapshot_count = 3 }
