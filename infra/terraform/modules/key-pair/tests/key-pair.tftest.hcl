mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name       = "signalbox-test"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFTLxmRZpqTDW8fLX5sEqQ2JPuyCMkDJ8nyUJ0Qc5o1t someone@example.com\n"
}

run "a_public_key_is_taken" {
  assert {
    condition     = output.name == "signalbox-test" && endswith(aws_key_pair.this.public_key, "someone@example.com")
    error_message = "The key pair carries the public key without the line's end."
  }
}

run "a_private_key_is_refused" {
  command = plan

  variables {
    public_key = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU=\n-----END OPENSSH PRIVATE KEY-----\n"
  }

  expect_failures = [var.public_key]
}

run "a_short_rsa_key_is_refused" {
  command = plan

  variables {
    public_key = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 someone@example.com"
  }

  expect_failures = [var.public_key]
}
