#!/usr/bin/env bash
# Brings the suite and its servers up in the cluster of KUBECONFIG, in a namespace of its own under Pod Security `restricted`; waits until every
# pod is ready; follows one alert to the topic and the mailbox; scales the detector 1 -> 2 -> 1 while the generator runs; audits that no alert is
# missing or doubled; removes everything; ends with one line of what it saw.
#   IMAGE_LOAD   command that hands images to the cluster, called with their names, e.g. "kind load docker-image"; empty when it can pull them
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"
. infra/containers.sh
. infra/follow.sh
KUBECTL="${KUBECTL:-kubectl}" namespace=tidewatch-check overlay=.local/check/kube group= forward=
mkdir -p "$overlay"

kube() { $KUBECTL -n "$namespace" "$@"; }
kafka_tool() { local tool="$1"; shift; kube exec deploy/kafka -- "/opt/kafka/bin/kafka-$tool.sh" "$@"; }
mail_api() { curl -fsS "http://127.0.0.1:$mail_port$1"; }

finish() {
  local status=$?
  [ -z "$forward" ] || kill "$forward" 2>/dev/null || true
  if [ "$status" != 0 ]; then
    { kube get pods -o wide; kube get events --sort-by=.lastTimestamp | tail -n 40
      for pod in $(kube get pods -o name); do echo "== $pod"; kube logs --all-containers --tail=200 "$pod"; done; } >.local/check/kube.log 2>&1 || true
    say "pods, events and logs are in .local/check/kube.log"
  fi
  $KUBECTL delete namespace "$namespace" --ignore-not-found --timeout=180s >/dev/null 2>&1 || true
  [ "$status" = 0 ] || exit "$status"
  ! $KUBECTL get namespace "$namespace" >/dev/null 2>&1 || die "left behind: namespace $namespace"
}

hand_over_images() {
  local image theirs
  build_images
  [ -n "${IMAGE_LOAD:-}" ] || { say "IMAGE_LOAD is not set: the cluster must pull the images itself"; return 0; }
  theirs="$($KUBECTL kustomize k8s/overlays/dev | sed -n 's/^[ -]*image: //p' | sort -u)"
  for image in $theirs; do "$DOCKER" image inspect "$image" >/dev/null 2>&1 || "$DOCKER" pull -q "$image" >/dev/null; done
  # shellcheck disable=SC2086
  $IMAGE_LOAD $theirs >/dev/null
  say "images handed over"
}

find_group() { group="$(kafka_tool consumer-groups --bootstrap-server localhost:9092 --list 2>/dev/null | grep -E '(^|[.-])detector$' | head -n 1)"; [ -n "$group" ]; }

# Hosts that hold partitions of the detector's group, as `host partitions`.
assignment() {
  kafka_tool consumer-groups --bootstrap-server localhost:9092 --describe --group "$group" 2>/dev/null |
    awk '$1 == "'"$group"'" && $8 ~ /^\// { n[$8]++ } END { for (h in n) print h, n[h] }'
}
# held_by PODS: exactly so many pods hold partitions, and no partition that was held at the start is without one.
held_by() {
  assignment | awk -v pods="$1" -v all="${all_partitions:-0}" '{ n++; held += $2 } END { exit !(n == pods && held > 0 && held >= all) }'
}
scale() {
  kube scale statefulset/detector --replicas="$1" >/dev/null
  kube rollout status statefulset/detector --timeout=180s >/dev/null
  until_true 120 held_by "$1" || die "the partitions are not on $1 pod(s): $(assignment | tr '\n' ';')"
  spread="$(assignment | awk '{ printf "%s%s", (NR == 1 ? "" : " + "), $2 }')"
  say "detector x $1 holds $spread partitions"
}
lag() { kafka_tool consumer-groups --bootstrap-server localhost:9092 --describe --group "$group" 2>/dev/null | awk '$1 == "'"$group"'" && $6 ~ /^[0-9]+$/ { l += $6; seen = 1 } END { print seen ? l : -1 }'; }
drained() { [ "$(lag)" = 0 ]; }

need_docker
has curl || die "curl is needed to read the mailbox"
$KUBECTL version >/dev/null 2>&1 || die "no cluster answers ($KUBECTL version): set KUBECONFIG"
! $KUBECTL get namespace "$namespace" >/dev/null 2>&1 || die "namespace $namespace exists: another check is running, or one was interrupted (kubectl delete namespace $namespace)"
hand_over_images
trap finish EXIT
printf 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: %s\nresources: [../../../k8s/overlays/dev]\n' "$namespace" >"$overlay/kustomization.yaml"
began=$SECONDS
$KUBECTL apply -k "$overlay" >/dev/null
for workload in $(kube get deployments,statefulsets -o name); do kube rollout status "$workload" --timeout=300s >/dev/null || die "$workload is not ready"; done
level="$($KUBECTL get namespace "$namespace" -o jsonpath='{.metadata.labels.pod-security\.kubernetes\.io/enforce}')"
pods="$(kube get pods --no-headers | wc -l)"
say "$pods pods ready after $((SECONDS - began)) s in a namespace that enforces '$level'"

kube port-forward svc/mailpit :8025 >.local/check/forward.log 2>&1 &
forward=$!
until_true 20 grep -q Forwarding .local/check/forward.log || die "no port-forward to the mailbox"
mail_port="$(sed -n 's/^Forwarding from 127.0.0.1:\([0-9]*\) .*/\1/p' .local/check/forward.log)"
follow_alert

until_true 60 find_group || die "the detector has no consumer group"
until_true 60 held_by 1 || die "no detector holds partitions"
all_partitions="$(assignment | awk '{ print $2 }')"
scale 2
two="$spread"
seen="$(alert_ids | wc -l)"
more_alerts() { [ "$(alert_ids | wc -l)" -gt "$seen" ]; }
until_true 120 more_alerts || die "no alert came while two detectors ran"
scale 1
kube scale deployment/generator deployment/hostagent --replicas=0 >/dev/null
until_true 120 drained || die "the detector has not caught up: lag $(lag)"
audit="$(audit_chain)" || die "the audit: $audit"
say "audit: $audit"
trap - EXIT; (exit 0); finish
say "check-kube: $pods pods ready under '$level', alert $alert_id on tidewatch.alerts.v1 and in the mailbox, detector 1 -> 2 -> 1 ($two partitions, then $spread), $audit, nothing left; $SECONDS s"
