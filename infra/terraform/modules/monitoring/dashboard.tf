locals {
  graphs = merge(
    {
      "Requests and 5xx"                 = { stat = "Sum", series = [[local.metrics, "Requests"], [local.metrics, "ServerErrors"]] }
      "Seconds to accept events"         = { stat = "p99", series = [[local.metrics, "AcceptSeconds"]] }
      "Ready"                            = { stat = "Minimum", series = [[local.metrics, "Ready"]] }
      "Errors in the log"                = { stat = "Sum", series = [[local.metrics, "ErrorLines"]] }
      "Security"                         = { stat = "Sum", series = [[local.metrics, "SecurityEvents"], [local.metrics, "FailedLogins"], [local.metrics, "SshFailures"]] }
      "Open deliveries and dead letters" = { stat = "Maximum", series = [[local.namespace, "BacklogDeliveries", "Environment", var.name], [local.namespace, "DeadLettersOpen", "Environment", var.name]] }
      "Age of the oldest open delivery"  = { stat = "Maximum", series = [[local.namespace, "OldestOpenDeliverySeconds", "Environment", var.name]] }
      "Events and deliveries"            = { stat = "Sum", series = [[local.namespace, "EventsAccepted", "Environment", var.name], [local.namespace, "DeliveriesSucceeded", "Environment", var.name], [local.namespace, "DeliveriesDead", "Environment", var.name]] }
      "Memory and disk in percent"       = { stat = "Maximum", series = [[local.namespace, "mem_used_percent", "Environment", var.name], [local.namespace, "disk_used_percent", "Environment", var.name]] }
    },
    {
      for title, graph in { "Processor" = { stat = "Average", series = [["AWS/EC2", "CPUUtilization", "InstanceId", try(var.box.instance_id, null)], ["AWS/EC2", "CPUCreditBalance", "InstanceId", try(var.box.instance_id, null)]] } } : title => graph if var.box != null
    },
    {
      for title, graph in { "Processors" = { stat = "Average", series = [["AWS/EC2", "CPUUtilization", "AutoScalingGroupName", try(var.fleet.scaling_group_name, null)], ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", try(var.fleet.database_id, null)]] } } : title => graph if var.fleet != null
    },
  )
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = [
      for index, title in sort(keys(local.graphs)) : {
        type   = "metric"
        x      = (index % 2) * 12
        y      = floor(index / 2) * 6
        width  = 12
        height = 6
        properties = {
          title   = title
          region  = var.region
          stat    = local.graphs[title].stat
          period  = 300
          view    = "timeSeries"
          metrics = local.graphs[title].series
        }
      }
    ]
  })
}
