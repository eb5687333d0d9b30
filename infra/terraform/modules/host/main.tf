locals {
  agent_configuration = jsonencode({
    agent = { metrics_collection_interval = 60, run_as_user = "cwagent" }
    metrics = {
      namespace         = "Signalbox"
      append_dimensions = { InstanceId = "$${aws:InstanceId}" }
      # Instances come and go in a fleet: alarms look at all of them together, under the name of the environment.
      aggregation_dimensions = [["Environment"]]
      metrics_collected = {
        mem  = { measurement = ["mem_used_percent"], append_dimensions = { Environment = var.name } }
        swap = { measurement = ["swap_used_percent"], append_dimensions = { Environment = var.name } }
        disk = {
          measurement       = ["used_percent"]
          resources         = ["/", "/var/lib/signalbox"]
          drop_device       = true
          append_dimensions = { Environment = var.name }
        }
      }
    }
    logs = {
      logs_collected = {
        files = {
          collect_list = [
            for group, path in {
              gateway      = "/opt/signalbox/logs/signalbox.log"
              nginx-access = "/var/log/nginx/access.log"
              nginx-error  = "/var/log/nginx/error.log"
              ssh          = "/var/log/auth.log"
              health       = "/var/log/signalbox-health.log"
              } : {
              file_path       = path
              log_group_name  = "/${var.name}/${group}"
              log_stream_name = "{instance_id}"
            }
          ]
        }
      }
    }
  })

  user_data = templatefile("${path.module}/templates/cloud-init.yaml.tftpl", {
    name                = var.name
    agent_configuration = local.agent_configuration
    prepare_script = templatefile("${path.module}/templates/prepare.sh.tftpl", {
      region         = var.region
      data_volume_id = var.data_volume_id == null ? "" : var.data_volume_id
      node_version   = var.software.node_version
      node_sha256    = var.software.node_sha256 == null ? "" : var.software.node_sha256
      pm2_version    = var.software.pm2_version
      swap_mb        = var.swap_mb
    })
    release_script = templatefile("${path.module}/templates/release.sh.tftpl", { name = var.name, region = var.region })
    run_script     = file("${path.module}/templates/run.sh")
    health_script  = file("${path.module}/templates/health.sh")
  })
}
