#!/bin/sh
# One JSON line a minute, which the log group of health counts: ready is 1 or 0.
set -u
ready=0
if curl --silent --fail --max-time 10 --output /dev/null http://127.0.0.1:8080/health/ready; then ready=1; fi
printf '{"time":"%s","ready":%s}\n' "$(date --utc +%Y-%m-%dT%H:%M:%SZ)" "$ready" >> /var/log/signalbox-health.log
