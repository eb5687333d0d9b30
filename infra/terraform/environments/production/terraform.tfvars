environment = "production"
region      = "eu-central-1"
owner       = "platform"
shape       = "box"
protected   = true
network     = { cidr = "10.22.0.0/16" }
instances   = { min = 2, max = 6 }
database    = { class = "db.t4g.small", storage_gb = 50, max_gb = 500, backup_days = 14, two_zones = true }
cache       = { nodes = 2 }
retention   = { log_days = 90, access_log_days = 365, backup_days = 35, backup_lock_days = 14, snapshot_count = 30 }

nat_gateway_count = 2
