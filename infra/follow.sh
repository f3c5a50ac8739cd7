# Follows one alert from the topic to the mailbox. Sourced by the checks, which give `kafka_tool TOOL ARGS` (Kafka's own tools beside the
# broker) and `mail_api PATH` (Mailpit's HTTP API).

alerts_topic=tidewatch.alerts.v1

# Every record of a topic, read committed, as `partition offset headers key value`; ends where the topic is silent for a few seconds.
read_topic() {
  kafka_tool console-consumer --bootstrap-server localhost:9092 --topic "$1" --from-beginning --isolation-level read_committed --timeout-ms "${2:-5000}" \
    --property print.headers=true --property print.key=true --property print.partition=true --property print.offset=true 2>/dev/null || true
}

alert_ids() { read_topic "$alerts_topic" "$@" | grep -o 'ce_id:[^,[:space:]]*' | cut -d: -f2-; }

# Sets alert_id, mail_id and mail_subject: an alert of the topic whose mail is in the mailbox.
follow_alert() {
  local end=$((SECONDS + ${FOLLOW_SECONDS:-180})) ids mails mail body
  while [ "$SECONDS" -lt "$end" ]; do
    mails="$(mail_api /api/v1/messages | grep -o '"ID": *"[^"]*"' | cut -d'"' -f4)"
    if [ -n "$mails" ]; then
      ids="$(alert_ids)"
      for mail in $mails; do
        body="$(mail_api "/api/v1/message/$mail")"
        for alert_id in $ids; do
          if grep -qF "$alert_id" <<<"$body"; then
            mail_id="$mail"; mail_subject="$(grep -o '"Subject": *"[^"]*"' <<<"$body" | cut -d'"' -f4)"
            say "alert $alert_id: on $alerts_topic, and in the mailbox as mail $mail_id \"$mail_subject\""
            return 0
          fi
        done
      done
    fi
    sleep 2
  done
  die "no alert reached the mailbox: $(wc -w <<<"${mails:-}") mails, $(alert_ids | wc -l) alerts on $alerts_topic"
}
