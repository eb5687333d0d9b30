variables {
  name           = "signalbox-test"
  region         = "eu-central-1"
  data_volume_id = "vol-0123456789abcdef0"
}

run "user_data_is_one_document_of_a_size_that_fits" {
  command = plan

  assert {
    condition     = startswith(output.user_data, "#cloud-config\n") && length(base64gzip(output.user_data)) < 12000 && length(output.user_data) < 16384
    error_message = "User data begins as cloud-init wants it and stays below 16 KiB."
  }

  assert {
    condition     = toset(keys(yamldecode(output.user_data))) == toset(["package_update", "package_upgrade", "packages", "users", "ssh_pwauth", "disable_root", "write_files", "runcmd"])
    error_message = "The document holds the parts it is known to hold."
  }

  assert {
    condition     = length([for file in yamldecode(output.user_data).write_files : file if startswith(file.path, "/usr/local/sbin/") && startswith(file.content, "#!/bin/") && try(file.permissions, "") == "0755"]) == 4
    error_message = "The scripts come out of the document as they went in."
  }

  assert {
    condition     = toset([for file in jsondecode(one([for file in yamldecode(output.user_data).write_files : file.content if file.path == "/etc/signalbox/cloudwatch-agent.json"])).logs.logs_collected.files.collect_list : file.log_group_name]) == toset([for group in ["gateway", "nginx-access", "nginx-error", "ssh", "health"] : "/signalbox-test/${group}"])
    error_message = "The agent's configuration is JSON and names the log groups of this environment."
  }

  assert {
    condition     = strcontains(output.user_data, "settings='/signalbox-test/'") && endswith(trimspace(yamldecode(output.user_data).write_files[0].content), "\nsignalbox-release")
    error_message = "The host asks for the release of its own environment when it is prepared."
  }

  assert {
    condition     = strcontains(output.user_data, "install -d -o root -g root -m 0755 /opt/signalbox\n") && !strcontains(output.user_data, "-o signalbox -g signalbox -m 0755 /opt/signalbox ")
    error_message = "What root runs is root's own."
  }

  assert {
    condition     = strcontains(output.user_data, "volume='vol-0123456789abcdef0'") && strcontains(output.user_data, "device=\"/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_$${volume/-/}\"")
    error_message = "The data volume is found by its id."
  }
}

run "a_fleet_has_no_data_volume" {
  command = plan

  variables {
    data_volume_id = null
  }

  assert {
    condition     = strcontains(output.user_data, "volume=''")
    error_message = "Nothing is mounted."
  }
}

run "mistakes_are_named" {
  command = plan

  variables {
    data_volume_id = "disk-1"
    software       = { node_version = "20.1.0", node_sha256 = "abc", pm2_version = "latest" }
    swap_mb        = -1
  }

  expect_failures = [var.data_volume_id, var.software, var.swap_mb]
}
