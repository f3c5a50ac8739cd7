#!/usr/bin/env bash
# The suite by docker compose: compose.sh up | down. DOCKER and COMPOSE choose the tools, BUILD_NETWORK=host lets builds use the host's network.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"
. infra/containers.sh

case "${1:-}" in
  up)
    need_engine
    build_images
    compose up -d --no-build
    all_healthy || die "not everything is healthy: $($COMPOSE ps)"
    say "healthy: $(compose ps --services | tr '\n' ' ')"
    say "page http://localhost:${PORT:-8080}, mailbox http://localhost:${MAILPIT_PORT:-8025}, Kafka localhost:${KAFKA_PORT:-9092}; make down takes it down"
    ;;
  down) need_engine; compose down --volumes --remove-orphans ;;
  *) sed -n '2p' "$0"; exit 2 ;;
esac
