# Docker and compose for the scripts beside this file. Sourced, never run.

DOCKER="${DOCKER:-docker}"

# Every service's image, tidewatch/<service>:$TIDEWATCH_TAG. They share all stages but the last, so the first takes all the time.
images=(Detector Notifier Api HostAgent Generator StockFetcher)
build_images() {
  local service log began=$SECONDS; log="$(mktemp)"
  say "building the images"
  for service in "${images[@]}"; do
    "$DOCKER" build --network "${BUILD_NETWORK:-default}" --build-arg "SERVICE=$service" -t "tidewatch/${service,,}:${TIDEWATCH_TAG:-dev}" -f infra/Dockerfile . >"$log" 2>&1 ||
      { tail -n 40 "$log" >&2; rm -f "$log"; die "the image of $service could not be built (a build that must reach a proxy or feed by the host's network: BUILD_NETWORK=host)"; }
  done
  rm -f "$log"
  say "built in $((SECONDS - began)) s"
}

need_docker() {
  has "$DOCKER" || die "$DOCKER is not installed: Docker 20.10 or newer, or name another by DOCKER="
  "$DOCKER" info >/dev/null 2>&1 || die "no Docker engine answers ($DOCKER info)"
}

need_engine() {
  need_docker
  if [ -z "${COMPOSE:-}" ]; then
    if "$DOCKER" compose version >/dev/null 2>&1; then COMPOSE="$DOCKER compose"; else COMPOSE=docker-compose; fi
  fi
  $COMPOSE version >/dev/null 2>&1 || die "neither docker compose nor docker-compose is installed; name another by COMPOSE="
}

compose() { $COMPOSE "$@"; }

# all_healthy: waits up to five minutes until every container of the project says so; names those that never did.
all_healthy() {
  local end=$((SECONDS + ${HEALTH_SECONDS:-300})) states
  while :; do
    # shellcheck disable=SC2046
    states="$("$DOCKER" inspect --format '{{.Name}} {{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}' $(compose ps -q))"
    ! grep -qv ' healthy$' <<<"$states" && return 0
    [ "$SECONDS" -lt "$end" ] || { grep -v ' healthy$' <<<"$states" >&2; return 1; }
    sleep 1
  done
}
