#!/usr/bin/env bash
# Brings the suite up on any Docker engine, waits until every part is healthy, follows one alert from the generator to the mailbox, takes
# everything down, and ends with one line of what it saw. A project, ports and volumes of its own: a running suite is not touched.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"
. infra/containers.sh
. infra/follow.sh
export COMPOSE_PROJECT_NAME=tidewatch-check KAFKA_PORT= REDIS_PORT= INFLUX_PORT= POSTGRES_PORT= SMTP_PORT= MAILPIT_PORT= PORT=
need_engine

left() { # what the engine still has of this project
  local of="label=com.docker.compose.project=$COMPOSE_PROJECT_NAME"
  "$DOCKER" ps -aq --filter "$of"; "$DOCKER" volume ls -q --filter "$of"; "$DOCKER" network ls -q --filter "$of"
}
finish() {
  local status=$?
  if [ "$status" != 0 ]; then
    mkdir -p .local/check; compose logs --no-color >.local/check/compose.log 2>&1 || true
    say "the containers' logs are in .local/check/compose.log"
  fi
  compose down --volumes --remove-orphans --timeout 60 >/dev/null 2>&1 || true
  [ "$status" = 0 ] || exit "$status"
  [ -z "$(left)" ] || die "left behind: $(left | tr '\n' ' ')"
}
trap finish EXIT

kafka_tool() { local tool="$1"; shift; compose exec -T kafka "/opt/kafka/bin/kafka-$tool.sh" "$@"; }
mail_api() { curl -fsS "http://$(compose port mailpit 8025)$1"; }

has curl || die "curl is needed to read the mailbox"
build_images
built=$SECONDS
compose up -d --no-build >/dev/null 2>&1 || { compose up -d --no-build; die "compose up failed"; }
all_healthy || die "not every part is healthy"
parts="$(compose ps -q | wc -l)"; say "$parts containers healthy after $((SECONDS - built)) s"
follow_alert
trap - EXIT; (exit 0); finish
say "check-compose: $parts containers healthy, alert $alert_id on tidewatch.alerts.v1 and in the mailbox (mail \"$mail_subject\"), nothing left after down; $SECONDS s"
