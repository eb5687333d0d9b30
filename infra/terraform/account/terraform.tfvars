region             = "eu-central-1"
owner              = "platform"
alarm_emails       = ["operations@example.com"]
monthly_budget_usd = 100
