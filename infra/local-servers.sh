# The servers of `make local`: Kafka, Redis, InfluxDB, SMTP. Sourced by local.sh, whose `start` and `wait_for` it uses.

bootstrap() {
  local i list=
  for i in $(seq 1 "$BROKERS"); do list+="${list:+,}127.0.0.1:$((KAFKA_PORT + i - 1))"; done
  printf '%s' "$list"
}

start_servers() {
  infra/kafka.sh start --dir "$local_folder/kafka" --port "$KAFKA_PORT" --brokers "$BROKERS" >/dev/null
  if has redis-server; then
    start redis "$REDIS_PORT" redis-server --port "$REDIS_PORT" --bind 127.0.0.1 --dir "$local_folder/redis" --appendonly yes --save '' --maxmemory-policy noeviction
  else say "redis: redis-server is not installed; snapshots stay in memory"; fi
  start_influx
  local python
  if python="$(find_python aiosmtpd)"; then
    start smtp "$SMTP_PORT" "$python" infra/smtp_sink.py "$SMTP_PORT" "$local_folder/mail"
  else say "smtp: python3-aiosmtpd is not installed; the notifier writes mails into .local/out/mail"; fi
  ! alive redis || wait_for redis 20 port_taken "$REDIS_PORT"
  ! alive smtp || wait_for smtp 20 port_taken "$SMTP_PORT"
  ! alive influxdb || { wait_for influxdb 60 http_ok "$INFLUX_PORT" /health; set_up_influx; }
}

start_influx() {
  local home binary
  home="$(find_influx)" || { say "influxdb: not found (INFLUXDB_HOME); anomalies go to SQLite in .local/out"; return 0; }
  for binary in "$home/influxd" "$home/bin/influxd" "$local_folder/influxd"; do [ -x "$binary" ] && break; done
  [ -x "$binary" ] || { zstd -dqf "$home/influxd.zst" -o "$binary" && chmod +x "$binary"; }
  start influxdb "$INFLUX_PORT" "$binary" --bolt-path "$local_folder/influxdb/influxd.bolt" --sqlite-path "$local_folder/influxdb/influxd.sqlite" \
    --engine-path "$local_folder/influxdb/engine" --http-bind-address "127.0.0.1:$INFLUX_PORT" --reporting-disabled
}

# Organisation, bucket and token of the suite's settings, on the first start.
set_up_influx() {
  curl -s "http://127.0.0.1:$INFLUX_PORT/api/v2/setup" | grep -q '"allowed": *true' || return 0
  local org bucket token
  org="$(setting Influx__Org)" bucket="$(setting Influx__Bucket)" token="$(setting Influx__Token)"
  curl -fsS "http://127.0.0.1:$INFLUX_PORT/api/v2/setup" -H 'content-type: application/json' -o /dev/null \
    -d "{\"username\":\"admin\",\"password\":\"tidewatch-admin\",\"org\":\"$org\",\"bucket\":\"$bucket\",\"token\":\"$token\"}"
}
