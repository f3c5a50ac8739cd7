// The table of alerts, newest first, each id once.

import { breakable, dateTime, element, mark, number, range, score, word } from "./format.js";

const most = 200;

export class AlertTable {
  #body; #note; #alerts = []; #ids = new Set(); #selected = null;

  constructor(body, note) {
    this.#body = body;
    this.#note = note;
  }

  clear() {
    this.#alerts = [];
    this.#ids.clear();
    this.#body.replaceChildren();
  }

  /** Alerts as the API gives them, newest first, put behind those that came by the stream meanwhile. */
  fill(answer) {
    for (const alert of answer.alerts) {
      if (this.#remember(alert, false)) this.#body.append(this.#row(alert));
    }
    this.#trim();
    if (!answer.complete) {
      this.#note.hidden = false;
      this.#note.textContent = "Older alerts cannot be read just now: the anomaly store does not answer.";
    }
  }

  add(alert) {
    if (!this.#remember(alert, true)) return false;
    this.#body.prepend(this.#row(alert));
    this.#trim();
    return true;
  }

  select(series) {
    this.#selected = series;
    for (const row of this.#body.rows) row.classList.toggle("here", row.dataset.series === series);
  }

  #remember(alert, first) {
    if (this.#ids.has(alert.id)) return false;
    this.#ids.add(alert.id);
    if (first) this.#alerts.unshift(alert); else this.#alerts.push(alert);
    return true;
  }

  #trim() {
    while (this.#alerts.length > most) {
      this.#ids.delete(this.#alerts.pop().id);
      this.#body.lastElementChild.remove();
    }
    this.#note.hidden = this.#alerts.length > 0;
    this.#note.textContent = "No alerts. Everything seen so far is within its expected range.";
  }

  #row(alert) {
    const row = element("tr");
    const over = alert.state === "resolved" || alert.state === "retracted";
    row.classList.toggle("closed", over);
    row.classList.toggle("here", alert.series === this.#selected);
    Object.assign(row.dataset, { id: alert.id, series: alert.series, severity: alert.severity });
    const [day, time] = dateTime(alert.time).split(" ");
    const when = element("td", "when");
    when.append(element("small", "", `${day} `), time);
    const link = breakable(element("a"), alert.series);
    link.href = `#series=${encodeURIComponent(alert.series)}`;
    const series = element("td", "series");
    series.append(link);
    row.append(when, severityCell(alert, over), series, element("td", "number", number(alert.value)), element("td", "number", range(alert.expected)),
      element("td", "number", score(alert.score)), reasonCell(alert));
    return row;
  }
}

function reasonCell(alert) {
  const cell = element("td", "reason", alert.reason);
  const { features, detectors } = alert.contributions ?? {};
  for (const parts of [features, detectors]) {
    if (parts) cell.append(element("small", "", parts.map((p) => `${p.name} ${Math.round(100 * p.share)} %`).join(", ")));
  }
  return cell;
}

function severityCell(alert, over) {
  const cell = element("td", "severity");
  const shown = over ? "resolved" : alert.severity === "none" ? "mild" : alert.severity;
  const label = element("span", shown);
  label.append(mark(shown), word(over ? alert.state : alert.severity));
  cell.append(label);
  if (!over) cell.append(element("small", "", [alert.state, alert.direction === "none" ? "" : alert.direction].filter(Boolean).join(" · ")));
  return cell;
}
