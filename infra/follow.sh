# Follows one alert from the topic to the mailbox. Sourced by the checks, which give `kafka_tool TOOL ARGS` (Kafka's own tools beside the
# broker) and `mail_api PATH` (Mailpit's HTTP API).

alerts_topic=tidewatch.alerts.v1

# Every record of a topic, read committed, as `partition offset headers key value`; ends where the topic is silent for a few seconds.
read_topic() {
  kafka_tool console-consumer --bootstrap-server localhost:9092 --topic "$1" --from-beginning --isolation-level read_committed --timeout-ms "${2:-5000}" \
    --property print.headers=true --property print.key=true --property print.partition=true --property print.offset=true 2>/dev/null || true
}

alert_ids() { read_topic "$alerts_topic" "$@" | sed -n 's/.*ce_id:\([^,[:space:]]*\).*/\1/p'; }

# Sets alert_id, mail_id and mail_subject: an alert of the topic whose mail is in the mailbox.
follow_alert() {
  local end=$((SECONDS + ${FOLLOW_SECONDS:-180})) ids mails mail body
  while [ "$SECONDS" -lt "$end" ]; do
    mails="$(mail_api /api/v1/messages | grep -o '"ID": *"[^"]*"' | cut -d'"' -f4 || true)"
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

# audit_chain: reads the progress topic and the alerts. Every partition's links must join without gap or overlap, and the alerts that the links
# count must be there, each once. Prints what it found; 1 when the chain is broken.
audit_chain() {
  local links ids all unique
  links="$(read_topic tidewatch.progress.v1 | grep -o '{.*}' || true)"
  ids="$(alert_ids)"; all="$(wc -l <<<"$ids")"; unique="$(sort -u <<<"$ids" | wc -l)"
  awk -v all="$all" -v unique="$unique" '
    function text(name) { return match($0, "\"" name "\":\"[^\"]*\"") ? substr($0, RSTART + length(name) + 4, RLENGTH - length(name) - 5) : "" }
    function number(name) { return match($0, "\"" name "\":[0-9]+") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) + 0 : -1 }
    {
      chain = text("topic") "/" number("partition"); links++; counted += number("alerts")
      if (chain in to && to[chain] != number("from")) { breaks++; print "break: " chain " ends at " to[chain] ", goes on at " number("from") }
      if (!(chain in to)) chains++
      to[chain] = number("to")
    }
    END {
      printf "%d links of %d partitions, %d breaks; %d alerts counted, %d on the topic, %d of them different\n", links, chains, breaks, counted, all, unique
      exit !(links > 0 && breaks == 0 && counted == all && all == unique)
    }' <<<"$links"
}
