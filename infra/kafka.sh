#!/usr/bin/env bash
# A local Apache Kafka (KRaft) on loopback, from the jars of KAFKA_HOME or of the optional folder of ready servers. Needs Java 17.
#   kafka.sh start   --dir DIR [--port 9092] [--brokers 1] [--proxy PORT] [--set key=value]...   starts what is not running; returns when every broker answers
#   kafka.sh stop    --dir DIR [--broker N] [--kill]                             --kill is SIGKILL
#   kafka.sh restart --dir DIR  --broker N  [--kill]
#   kafka.sh run CLASS ARGS...                                                   any of Kafka's own tools, e.g. org.apache.kafka.tools.TopicCommand
# DIR holds data, logs, pids and `bootstrap`. Broker i listens on PORT+i-1, its controller on PORT+1000+i-1; `start` on a used DIR keeps its data.
# With --proxy broker i has another listener on its port + 2000, and sends the clients of it to that PORT+i-1, where a proxy stands.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

jars() {
  local home
  home="$(find_kafka)" || die "no Kafka: set KAFKA_HOME to an unpacked Apache Kafka 4, or SERVERS to a folder of ready servers, and install Java 17"
  if [ -d "$home/libs" ]; then libs="$home/libs"; else libs="$("$home/bin/kafka-local" libs)"; fi
}
tool() { "$(java_command)" -Xmx256m -XX:TieredStopAtLevel=1 -Dlog4j2.level=WARN -cp "$libs/*" "$@"; }
command="${1:-}"; [ $# -eq 0 ] || shift
[ "$command" = stop ] || jars
[ "$command" != run ] || { tool "$@"; exit; }

dir= port=9092 brokers=1 proxy= signal=TERM only= settings=()
while [ $# -gt 0 ]; do
  case "$1" in
    --dir) dir="$2"; shift 2 ;; --port) port="$2"; shift 2 ;; --brokers) brokers="$2"; shift 2 ;; --proxy) proxy="$2"; shift 2 ;;
    --broker) only="$2"; shift 2 ;; --set) settings+=("$2"); shift 2 ;; --kill) signal=KILL; shift ;;
    *) die "unknown argument '$1'; the head of $0 lists them" ;;
  esac
done
[ -n "$dir" ] || die "--dir is needed"
mkdir -p "$dir"; dir="$(cd "$dir" && pwd)"

alive() { [ -s "$dir/$1.pid" ] && kill -0 "$(cat "$dir/$1.pid")" 2>/dev/null; }
gone() { ! alive "$1"; }

properties() { # broker
  local i="$1" v voters= least=$((brokers > 1 ? 2 : 1)) listens= advertises=
  for v in $(seq 1 "$brokers"); do voters+="${voters:+,}$v@127.0.0.1:$((port + 999 + v))"; done
  [ -z "$proxy" ] || { listens=",PROXIED://127.0.0.1:$((port + 1999 + i))"; advertises=",PROXIED://127.0.0.1:$((proxy + i - 1))"; }
  cat <<P
process.roles=broker,controller
node.id=$i
controller.quorum.voters=$voters
listeners=PLAINTEXT://127.0.0.1:$((port + i - 1))$listens,CONTROLLER://127.0.0.1:$((port + 999 + i))
advertised.listeners=PLAINTEXT://127.0.0.1:$((port + i - 1))$advertises
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$dir/data-$i
auto.create.topics.enable=false
default.replication.factor=$brokers
min.insync.replicas=$least
offsets.topic.replication.factor=$brokers
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=$brokers
transaction.state.log.min.isr=$least
transaction.state.log.num.partitions=8
share.coordinator.state.topic.replication.factor=$brokers
share.coordinator.state.topic.min.isr=$least
group.initial.rebalance.delay.ms=0
P
  [ ${#settings[@]} = 0 ] || printf '%s\n' "${settings[@]}"
}

format() { # broker
  [ -s "$dir/data-$1/meta.properties" ] ||
    tool kafka.tools.StorageTool format --cluster-id "$(cat "$dir/cluster-id")" --config "$dir/$1.properties" >"$dir/format-$1.log" 2>&1 ||
    { cat "$dir/format-$1.log" >&2; die "broker $1 could not format its data"; }
}

launch() { # broker
  alive "$1" && return 0
  nohup "$(java_command)" -Xms128m -Xmx512m -XX:+UseG1GC -Djava.net.preferIPv4Stack=true -cp "$libs/*" kafka.Kafka "$dir/$1.properties" >"$dir/$1.log" 2>&1 </dev/null &
  echo $! >"$dir/$1.pid"
}

answers() { port_taken $(($(cat "$dir/port") + $1 - 1)); }
settled() { gone "$1" || answers "$1"; }
await() { # broker
  until_true 60 settled "$1" && alive "$1" || { tail -n 20 "$dir/$1.log" >&2; die "broker $1 $(alive "$1" && echo "does not answer" || echo "ended"); its log is $dir/$1.log"; }
}

end() { # brokers: a signal to all of them first, for a quorum cannot end one by one
  local i
  for i in "$@"; do ! alive "$i" || kill -"$signal" "$(cat "$dir/$i.pid")"; done
  for i in "$@"; do
    until_true 30 gone "$i" || kill -KILL "$(cat "$dir/$i.pid")"
    rm -f "$dir/$i.pid"
  done
}

numbers() { find "$dir" -maxdepth 1 -name '[0-9].properties' -printf '%f\n' | cut -d. -f1 | sort; }

case "$command" in
  start)
    [ "$(numbers | wc -l)" = 0 ] || [ "$(numbers | wc -l)" = "$brokers" ] || die "the data in $dir is that of $(numbers | wc -l) broker(s), not $brokers: remove the folder, or start as many"
    [ -s "$dir/cluster-id" ] || tool kafka.tools.StorageTool random-uuid 2>/dev/null >"$dir/cluster-id"
    echo "$port" >"$dir/port"; bootstrap=
    for i in $(seq 1 "$brokers"); do
      properties "$i" >"$dir/$i.properties"; format "$i"
      bootstrap+="${bootstrap:+,}127.0.0.1:$((port + i - 1))"
    done
    for i in $(seq 1 "$brokers"); do alive "$i" || { ! port_taken $((port + i - 1)) || die "port $((port + i - 1)) is taken by another program"; }; launch "$i"; done
    for i in $(seq 1 "$brokers"); do await "$i"; done
    echo "$bootstrap" >"$dir/bootstrap"; say "$bootstrap" ;;
  stop) end ${only:-$(numbers)} ;;
  restart) [ -n "$only" ] || die "restart needs --broker N"; end "$only"; launch "$only"; await "$only" ;;
  *) sed -n '2,8p' "$0"; exit 2 ;;
esac
