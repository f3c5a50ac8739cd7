// The list at the left: alerting series first, one link each. Lines are kept and moved, so focus survives an update.

import { element, mark, number, shortTime, word } from "./format.js";

export class SeriesList {
  #list; #note; #lines = new Map(); #selected = null;

  constructor(list, note) {
    this.#list = list;
    this.#note = note;
    list.addEventListener("keydown", event => this.#step(event));
  }

  select(series) {
    this.#selected = series;
    for (const [id, line] of this.#lines) line.link.setAttribute("aria-current", String(id === series));
  }

  show(answer, query, now) {
    const wanted = new Set(answer.series.map(s => s.series));
    for (const [id, line] of this.#lines) {
      if (!wanted.has(id)) { line.item.remove(); this.#lines.delete(id); }
    }
    answer.series.forEach((summary, index) => {
      const line = this.#lines.get(summary.series) ?? this.#add(summary);
      this.#fill(line, summary, now);
      if (this.#list.children[index] !== line.item) this.#place(line.item, index);
    });
    const more = answer.total - answer.series.length;
    this.#note.hidden = answer.series.length > 0 && more === 0;
    this.#note.textContent = answer.total === 0 ? (query ? `No series matches “${query}”.` : "Waiting for the first series.") : `${more} more: narrow the search to see them.`;
  }

  #place(item, index) {
    const focused = item.contains(document.activeElement);
    this.#list.insertBefore(item, this.#list.children[index] ?? null);
    if (focused) item.firstChild.focus({ preventScroll: true });
  }

  #add(summary) {
    const item = element("li");
    const link = element("a");
    link.href = `#series=${encodeURIComponent(summary.series)}`;
    link.title = summary.series;
    link.setAttribute("aria-current", String(summary.series === this.#selected));
    const sign = element("span");
    const detail = element("span", "detail");
    const spark = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    spark.setAttribute("class", "spark");
    spark.setAttribute("viewBox", "0 0 62 26");
    spark.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    spark.append(path);
    link.append(sign, nameOf(summary.series), spark, detail);
    item.append(link);
    const line = { item, link, sign, detail, path, severity: null };
    this.#lines.set(summary.series, line);
    return line;
  }

  #fill(line, summary, now) {
    if (line.severity !== summary.severity) {
      line.severity = line.item.dataset.severity = summary.severity;
      line.sign.replaceChildren(summary.severity === "none" ? element("span", "calm") : mark(summary.severity));
      line.sign.firstChild.style.display = "block";
    }
    const state = summary.severity === "none" ? summary.domain : `${word(summary.severity)} since ${shortTime(summary.alertingSince, now)}`;
    line.detail.textContent = `${summary.feature === undefined ? "" : `${summary.feature} `}${number(summary.value)} · ${state}`;
    line.path.setAttribute("d", sparkPath(summary.spark ?? []));
  }

  #step(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = event.target.closest("li");
    if (!step || !item) return;
    event.preventDefault();
    (step > 0 ? item.nextElementSibling : item.previousElementSibling)?.firstChild.focus();
  }
}

/** The end of an id says most: where space is short, the beginning is what is cut. */
function nameOf(id) {
  const name = element("span", "name");
  const cut = id.lastIndexOf("/", id.length - 2);
  if (cut > 0) name.append(element("span", "lead", id.slice(0, cut)));
  name.append(element("span", "tail", cut > 0 ? id.slice(cut) : id));
  return name;
}

function sparkPath(values) {
  if (values.length < 2) return "";
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  return values.map((v, i) => `${i ? "L" : "M"}${(1 + 60 * i / (values.length - 1)).toFixed(1)} ${(24 - 22 * (v - low) / span).toFixed(1)}`).join("");
}
