#!/bin/bash
# The first questions to a new deployment, from outside: scripts/smoke.sh URL [VERSION]. It changes nothing. With SIGNALBOX_KEY, the key
# of a source, it also sends one event of the type signalbox.smoke.
set -euo pipefail

url="${1:-}"
version="${2:-}"
case "$url" in
  -h | --help | '')
    echo 'scripts/smoke.sh URL [VERSION]'
    echo 'Asks a deployment from outside. With SIGNALBOX_KEY it also sends one event; --dry-run as URL lists the questions.'
    exit 0
    ;;
esac
url="${url%/}"
failed=0
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# ask NAME EXPECTED-STATUS PATH [CURL-OPTION…]: the body is in $work/body, the headers are in $work/headers afterwards.
ask() {
  local name="$1" expected="$2" path="$3" status
  shift 3
  if [ "$url" = --dry-run ]; then
    echo "would ask     $path: $name ($expected)"
    return
  fi
  status="$(curl --silent --show-error --max-time 20 --output "$work/body" --dump-header "$work/headers" --write-out '%{http_code}' "$@" "$url$path" || true)"
  if [ "$status" = "$expected" ]; then
    echo "ok            $name"
  else
    echo "FAILED        $name: $path answered $status, not $expected"
    failed=1
  fi
}

# holds NAME FILE EXPRESSION
holds() {
  [ "$url" = --dry-run ] && return
  if grep --quiet --ignore-case --extended-regexp "$3" "$work/$2"; then
    echo "ok            $1"
  else
    echo "FAILED        $1"
    failed=1
  fi
}

ask 'the gateway is ready' 200 /health/ready
[ -z "$version" ] || holds "it is version $version" body "\"version\":\"${version//./\\.}\""
ask 'the dashboard opens' 200 /
holds 'it is the dashboard' body '<div id="root">'
holds 'it brings its security headers' headers '^content-security-policy:.*frame-ancestors .none.'
case "$url" in https:*) holds 'browsers are told to stay with TLS' headers '^strict-transport-security:' ;; esac
ask 'a page of the dashboard opens directly' 200 /events --header 'accept: text/html'
ask 'what does not exist is a problem document, not a page' 404 /v1/nothing
holds 'it says its code' body '"code":"not_found"'
ask 'without credentials nothing is told' 401 /v1/sources
ask 'without credentials nothing is taken' 401 /v1/events --request POST --header 'content-type: application/json' --data '{"type":"signalbox.smoke"}'
ask 'the API reference opens' 200 /docs
ask 'the document of the API is there' 200 /openapi.json
ask 'the keys of tokens are there' 200 /.well-known/jwks.json
if [ -n "${SIGNALBOX_KEY:-}" ]; then
  ask 'an event is accepted' 202 /v1/events --request POST --header @- --header 'content-type: application/json' \
    --data '{"type":"signalbox.smoke","data":{"from":"scripts/smoke.sh"}}' <<< "authorization: Bearer $SIGNALBOX_KEY"
fi
exit "$failed"
