#!/usr/bin/env bash
# The suite as processes of this machine, without Docker: servers and services each with a log and a pid file in .local/.
#   local.sh up       starts what is not running yet, waits until all of it is healthy      BROKERS=3 replicates Kafka
#   local.sh down     stops what `up` started, by pid; keeps data and logs
# Ports: PORT (page, 8080), KAFKA_PORT (9092), REDIS_PORT (6379), INFLUX_PORT (8086), SMTP_PORT (1025); the other services get PORT+1 and on.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"
. infra/local-servers.sh
local_folder="$root/.local"
PORT="${PORT:-8080}" BROKERS="${BROKERS:-1}" KAFKA_PORT="${KAFKA_PORT:-9092}" REDIS_PORT="${REDIS_PORT:-6379}" INFLUX_PORT="${INFLUX_PORT:-8086}" SMTP_PORT="${SMTP_PORT:-1025}"
services=(Api Detector Notifier HostAgent Generator)
[ -z "${TIDEWATCH_StockFetcher__ApiKey:-}" ] || services+=(StockFetcher)

pid_of() { cat "$local_folder/pid/$1" 2>/dev/null || true; }
alive() { local pid; pid="$(pid_of "$1")"; [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; }

# start NAME PORT COMMAND...: nothing when it runs already; an error when somebody else holds the port.
start() {
  local name="$1" port="$2"; shift 2
  alive "$name" && { say "$name: already running, pid $(pid_of "$name")"; return 0; }
  ! port_taken "$port" || die "$name: port $port is taken by another program; stop it, or choose another port ($(sed -n '5s/^# //p' "$0"))"
  nohup "$@" >>"$local_folder/log/$name.log" 2>&1 </dev/null &
  echo $! >"$local_folder/pid/$name"
}

# wait_for NAME SECONDS CONDITION...: fails with the log's end as soon as the process is gone.
wait_for() {
  local name="$1" end=$((SECONDS + $2)); shift 2
  until "$@" >/dev/null 2>&1; do
    alive "$name" && [ "$SECONDS" -lt "$end" ] || { tail -n 20 "$local_folder/log/$name.log" >&2; die "$name $(alive "$name" && echo "is not healthy yet" || echo "ended"); its log is .local/log/$name.log"; }
    sleep 0.25
  done
}

# stop NAME...: a signal to all of them first: a quorum of brokers cannot end one by one.
stop() {
  local name pid
  for name in "$@"; do ! alive "$name" || kill "$(pid_of "$name")"; done
  for name in "$@"; do
    pid="$(pid_of "$name")"
    if alive "$name"; then until_true 30 gone "$pid" || kill -KILL "$pid"; fi
    [ -z "$pid" ] || say "$name: stopped"
    rm -f "$local_folder/pid/$name"
  done
}
gone() { ! kill -0 "$1"; }

# The settings of the distributed forms with this machine's servers; what is missing falls back to the embedded part.
settings() {
  local line
  while IFS= read -r line; do
    case "$line" in
      '#'* | '') ;;
      TIDEWATCH_Redis__*) ! alive redis || echo "${line//redis:6379/127.0.0.1:$REDIS_PORT}" ;;
      TIDEWATCH_Influx__*) ! alive influxdb || echo "${line//influxdb:8086/127.0.0.1:$INFLUX_PORT}" ;;
      TIDEWATCH_Notifier__Email__*) ! alive smtp || { line="${line//=mailpit/=127.0.0.1}"; echo "${line//Port=1025/Port=$SMTP_PORT}"; } ;;
      TIDEWATCH_Kafka__BootstrapServers=*) echo "TIDEWATCH_Kafka__BootstrapServers=$(bootstrap)" ;;
      TIDEWATCH_Output__Folder=*) echo "TIDEWATCH_Output__Folder=$local_folder/out" ;;
      *) echo "$line" ;;
    esac
  done < <(cat infra/env/suite/suite.env infra/env/dev/secrets.env)
  echo "TIDEWATCH_Kafka__ReplicationFactor=$BROKERS"
}

up() {
  need_dotnet
  infra/setup.sh install
  [ "$BROKERS" = 1 ] || [ "$BROKERS" = 3 ] || die "BROKERS is 1 or 3, not $BROKERS"
  mkdir -p "$local_folder"/{pid,log,out,mail,redis}
  say "building the services"
  dotnet build services/Standalone -c Release -v q -nodeReuse:false -clp:NoSummary -p:RunAnalyzers=false >"$local_folder/log/build.log" 2>&1 ||
    { grep error "$local_folder/log/build.log" | sort -u >&2; die "the build failed; its log is .local/log/build.log"; }
  start_servers
  mapfile -t environment < <(settings)
  local i
  for i in "${!services[@]}"; do
    start "${services[i]}" $((PORT + i)) env "${environment[@]}" "ASPNETCORE_URLS=http://127.0.0.1:$((PORT + i))" "services/${services[i]}/bin/Release/net10.0/Tidewatch.${services[i]}"
  done
  for i in "${!services[@]}"; do wait_for "${services[i]}" 90 http_ok "$((PORT + i))" /health; done
  say "healthy: ${services[*]} on ports $PORT to $((PORT + ${#services[@]} - 1)); Kafka $(bootstrap)"
  say "page http://localhost:$PORT; alerts on topic tidewatch.alerts.v1; mails in .local/mail; alerts.csv in .local/out; logs in .local/log; make local-down stops it"
}

down() {
  stop Api Detector Notifier HostAgent Generator StockFetcher
  stop smtp redis influxdb
  [ ! -d "$local_folder/kafka" ] || { infra/kafka.sh stop --dir "$local_folder/kafka"; say "kafka: stopped"; }
}

case "${1:-}" in
  up) up ;;
  down) down ;;
  *) sed -n '2,5p' "$0"; exit 2 ;;
esac
