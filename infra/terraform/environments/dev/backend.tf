# The state lies in a bucket of its own, encrypted, and is locked by a file beside it. Bucket and region come with
# terraform init -backend-config=backend.hcl -backend-config="bucket=…" -backend-config="region=…"
terraform {
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}
