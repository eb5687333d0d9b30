region = "eu-central-1"
owner  = "platform"
github = { owner = "example", repository = "signalbox" }
