#!/usr/bin/env bash
# Installs what tests and local servers want, where that is possible, and says in one line what is used and what is missing.
# Idempotent; never fails for want of a package: a test without its server is skipped with its reason.
#   setup.sh [install|report]     SETUP=report in the environment forbids installing
set -euo pipefail
. "$(dirname "$0")/lib.sh"

wanted() { # Debian packages that are absent and would be used
  has redis-server || echo redis-server
  has "$(java_command)" || echo openjdk-17-jre-headless
  has zstd || echo zstd
  compgen -G "/usr/lib/*/faketime/libfaketimeMT.so.1" >/dev/null || echo faketime
  has cc || has tcc || echo tcc
  has curl || echo curl
  has promtool || echo prometheus
  find_python aiosmtpd >/dev/null || echo python3-aiosmtpd
  find_python confluent_kafka >/dev/null || echo python3-confluent-kafka
  find_browser >/dev/null || echo chromium
}

install() {
  local packages; mapfile -t packages < <(wanted)
  [ ${#packages[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] && has apt-get || { say "set-up: not installed, because this is not root on Debian: ${packages[*]}"; return 0; }
  say "set-up: installing ${packages[*]}"
  local log; log="$(mktemp)"
  # RUNLEVEL=1 keeps Debian from starting the servers it installs: tests start their own.
  local apt=(env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 timeout 600 apt-get -o DPkg::Lock::Timeout=120 -qq)
  "${apt[@]}" install -y --no-install-recommends "${packages[@]}" >"$log" 2>&1 </dev/null ||
    { "${apt[@]}" update >"$log" 2>&1 && "${apt[@]}" install -y --no-install-recommends "${packages[@]}" >"$log" 2>&1 </dev/null; } ||
    say "set-up: apt could not install them ($(tail -n 1 "$log")); tests that want them are skipped"
  rm -f "$log"
}

report() {
  local used=() missing=() at
  if at="$(find_kafka)"; then used+=("Kafka $at"); elif has docker && docker info >/dev/null 2>&1; then used+=("Kafka by Docker"); else missing+=("Kafka (KAFKA_HOME, SERVERS or Docker; needs Java 17)"); fi
  if at="$(find_influx)"; then used+=("InfluxDB $at"); else missing+=("InfluxDB 2 (INFLUXDB_HOME or SERVERS)"); fi
  if has redis-server; then used+=("Redis $(command -v redis-server)"); else missing+=("redis-server"); fi
  if at="$(find_python aiosmtpd)"; then used+=("SMTP aiosmtpd"); else missing+=("python3-aiosmtpd"); fi
  if at="$(find_browser)"; then used+=("browser $at"); else missing+=("chromium"); fi
  at="$(servers_folder)"; [ -n "$at" ] && [ -d "$at/data" ] && used+=("data $at/data") || missing+=("labelled data (SERVERS/data)")
  local IFS=';' line; line="uses: ${used[*]:-embedded parts only}; missing: ${missing[*]:-nothing}"
  say "${line//;/; }" | sed 's/;  */; /g'
}

case "${1:-install}" in
  install) [ "${SETUP:-}" = report ] || install; report ;;
  report) report ;;
  *) sed -n '2,4p' "$0"; exit 2 ;;
esac
