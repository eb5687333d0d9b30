mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name    = "signalbox.example.com"
  zone_id = "Z0123456789EXAMPLE"
}

run "the_name_is_proved_in_its_zone" {
  assert {
    condition     = aws_route53_record.proof.zone_id == "Z0123456789EXAMPLE" && aws_route53_record.proof.name == "_proof.signalbox.example.com"
    error_message = "The proof stands in the given zone."
  }

  assert {
    condition     = output.arn == aws_acm_certificate.this.arn
    error_message = "The certificate is handed out."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    name = "https://Signalbox.example.com/"
  }

  expect_failures = [var.name]
}
