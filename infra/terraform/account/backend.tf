# In the bucket that bootstrap makes; terraform init -backend-config=backend.hcl -backend-config="bucket=…" -backend-config="region=…"
terraform {
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}
