#!/bin/bash
# signalbox-run PROGRAM [OPTION…]: one of the programs of scripts/deploy, such as backup, as the gateway's account and with its settings.
# signalbox-run signalbox [WORD…]: the command line.
set -euo pipefail
program="$1"
shift
file="/opt/signalbox/current/scripts/deploy/$program.ts"
[ "$program" = signalbox ] && file=/opt/signalbox/current/apps/api/dist/cli/main.js
# systemd reads the file of settings: a shell would take some values for more than text.
exec systemd-run --quiet --pipe --wait --collect --uid=signalbox --gid=signalbox \
  --property=EnvironmentFile=/etc/signalbox/environment /usr/local/bin/node "$file" "$@"
