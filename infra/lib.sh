# Shell functions that the scripts beside this file share. Sourced, never run.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

need_dotnet() {
  has dotnet || die "the .NET 10 SDK is needed (https://dotnet.microsoft.com/download)"
  dotnet --list-sdks | grep -q '^1[0-9]\.' || die "the .NET 10 SDK is needed; this machine has: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')"
}

# The folder with optional servers, absolute; empty where there is none.
servers_folder() { [ -n "${SERVERS:-}" ] && (cd "$root" && cd "$SERVERS" 2>/dev/null && pwd) || true; }

java_command() { printf '%s' "${JAVA_HOME:+$JAVA_HOME/bin/}java"; }

# A folder that can start Kafka: KAFKA_HOME, else the optional servers; needs Java either way.
find_kafka() {
  has "$(java_command)" || return 1
  local home
  for home in "${KAFKA_HOME:-}" "$(servers_folder)/kafka"; do
    [ -n "$home" ] && { [ -x "$home/bin/kafka-local" ] || [ -x "$home/bin/kafka-server-start.sh" ]; } && { printf '%s' "$home"; return 0; }
  done
  return 1
}

# A folder or PATH entry that can start InfluxDB 2.
find_influx() {
  local home
  for home in "${INFLUXDB_HOME:-}" "$(servers_folder)/influxdb"; do
    [ -n "$home" ] && { [ -x "$home/bin/influx-local" ] || [ -x "$home/influxd" ] || [ -x "$home/bin/influxd" ]; } && { printf '%s' "$home"; return 0; }
  done
  has influxd && dirname "$(command -v influxd)"
}

# find_python MODULE: a Python that has it; Debian's own first, because that is where Debian's packages put it.
find_python() {
  local python
  for python in /usr/bin/python3 python3; do
    has "$python" && "$python" -c "import $1" 2>/dev/null && { command -v "$python"; return 0; }
  done
  return 1
}

find_browser() {
  local name
  for name in chromium chromium-browser google-chrome; do has "$name" && { command -v "$name"; return 0; }; done
  return 1
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# until_true SECONDS COMMAND...: polls until the command succeeds; 1 when it never did.
until_true() {
  local end=$((SECONDS + $1)); shift
  until "$@" >/dev/null 2>&1; do [ "$SECONDS" -lt "$end" ] || return 1; sleep 0.25; done
}

# http_ok PORT PATH: whether the server on loopback answers 200; needs no curl.
http_ok() {
  local status
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
  IFS= read -r -t 5 status <&3 || status=
  exec 3>&-
  [[ "$status" == *" 200 "* ]]
}

# setting Influx__Org: the value that infra/env has for it.
setting() { cat "$root"/infra/env/*/*.env | sed -n "s/^TIDEWATCH_$1=//p"; }
