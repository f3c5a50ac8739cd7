# The servers of `make local`: Kafka, Redis, InfluxDB, SMTP. Sourced by local.sh, whose `start` and `wait_for` it uses.

bootstrap() {
  local i list=
  for i in $(seq 1 "$BROKERS"); do list+="${list:+,}127.0.0.1:$((KAFKA_PORT + i - 1))"; done
  printf '%s' "$list"
}

start_servers() {
  start_kafka
  if has redis-server; then
    start redis "$REDIS_PORT" redis-server --port "$REDIS_PORT" --bind 127.0.0.1 --dir "$local_folder/redis" --appendonly yes --save '' --maxmemory-policy noeviction
  else say "redis: redis-server is not installed; snapshots stay in memory"; fi
  start_influx
  local python
  if python="$(find_aiosmtpd)"; then
    start smtp "$SMTP_PORT" "$python" infra/smtp_sink.py "$SMTP_PORT" "$local_folder/mail"
  else say "smtp: python3-aiosmtpd is not installed; the notifier writes mails into .local/out/mail"; fi
  local i
  for i in $(seq 1 "$BROKERS"); do wait_for "kafka-$i" 60 port_taken $((KAFKA_PORT + i - 1)); done
  ! alive redis || wait_for redis 20 port_taken "$REDIS_PORT"
  ! alive smtp || wait_for smtp 20 port_taken "$SMTP_PORT"
  ! alive influxdb || { wait_for influxdb 60 http_ok "$INFLUX_PORT" /health; set_up_influx; }
}

# Apache Kafka from its jars: the libs folder of KAFKA_HOME, or what $SERVERS/kafka unpacks.
start_kafka() {
  local home libs java i; java="$(java_command)"
  home="$(find_kafka)" || die "no Kafka: set KAFKA_HOME to an unpacked Apache Kafka 4 and install Java 17 (or use make up, or make demo, which needs neither)"
  if [ -d "$home/libs" ]; then libs="$home/libs"; else libs="$("$home/bin/kafka-local" libs)"; fi
  [ -s "$local_folder/kafka/cluster-id" ] || { mkdir -p "$local_folder/kafka"; "$java" -cp "$libs/*" kafka.tools.StorageTool random-uuid 2>/dev/null >"$local_folder/kafka/cluster-id"; }
  if [ -s "$local_folder/kafka/brokers" ] && [ "$(cat "$local_folder/kafka/brokers")" != "$BROKERS" ]; then
    die "the data in .local/kafka is that of $(cat "$local_folder/kafka/brokers") broker(s): make local-down, remove .local/kafka, and start again"
  fi
  echo "$BROKERS" >"$local_folder/kafka/brokers"
  for i in $(seq 1 "$BROKERS"); do
    alive "kafka-$i" && continue
    kafka_properties "$i" >"$local_folder/kafka/$i.properties"
    [ -s "$local_folder/kafka/data-$i/meta.properties" ] ||
      "$java" -cp "$libs/*" kafka.tools.StorageTool format --cluster-id "$(cat "$local_folder/kafka/cluster-id")" --config "$local_folder/kafka/$i.properties" >"$local_folder/log/kafka-format-$i.log" 2>&1 ||
      { cat "$local_folder/log/kafka-format-$i.log" >&2; die "Kafka could not format its data"; }
  done
  for i in $(seq 1 "$BROKERS"); do
    start "kafka-$i" $((KAFKA_PORT + i - 1)) "$java" -Xms128m -Xmx512m -Djava.net.preferIPv4Stack=true -cp "$libs/*" kafka.Kafka "$local_folder/kafka/$i.properties"
  done
}

kafka_properties() {
  local i="$1" v voters= least=$((BROKERS > 1 ? 2 : 1))
  for v in $(seq 1 "$BROKERS"); do voters+="${voters:+,}$v@127.0.0.1:$((KAFKA_PORT + 999 + v))"; done
  cat <<P
process.roles=broker,controller
node.id=$i
controller.quorum.voters=$voters
listeners=PLAINTEXT://127.0.0.1:$((KAFKA_PORT + i - 1)),CONTROLLER://127.0.0.1:$((KAFKA_PORT + 999 + i))
advertised.listeners=PLAINTEXT://127.0.0.1:$((KAFKA_PORT + i - 1))
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$local_folder/kafka/data-$i
auto.create.topics.enable=false
default.replication.factor=$BROKERS
min.insync.replicas=$least
offsets.topic.replication.factor=$BROKERS
transaction.state.log.replication.factor=$BROKERS
transaction.state.log.min.isr=$least
share.coordinator.state.topic.replication.factor=$BROKERS
share.coordinator.state.topic.min.isr=$least
group.initial.rebalance.delay.ms=0
P
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
