// The chart of one series: values, expected band, and anomalies in a shape and colour of their severity.

import uPlot from "../vendor/uplot/uPlot.esm.js";
import { dateTime, number, severities } from "./format.js";

const clock24 = [
  [31536000, "{YYYY}", null, null, null, null, null, null, 1],
  [2419200, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [86400, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [3600, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [1, "{HH}:{mm}:{ss}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [0.001, "{ss}.{fff}", "\n{D} {MMM} {HH}:{mm}", null, null, null, "\n{HH}:{mm}", null, 1],
];

export class Chart {
  #host; #readout; #plot = null; #alerts = []; #dots = []; #span = null; #colours;

  constructor(host, readout) {
    this.#host = host;
    this.#readout = readout;
    this.#colours = this.#theme();
    new ResizeObserver(() => this.#fit()).observe(host);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#rebuild());
  }

  get width() { return this.#host.clientWidth; }

  clear() {
    this.#plot?.destroy();
    this.#plot = null;
    Object.assign(this.#host.dataset, { drawn: "false", points: "0", anomalies: "0", series: "" });
    this.#readout.textContent = "";
  }

  /** Draws the points of a series and the alerts that fall among them; spanMs: the width of the x axis, null for all. */
  show(series, points, alerts, spanMs) {
    const columns = points.columns();
    const last = points.timeMs[points.last];
    const first = spanMs === null ? points.timeMs[0] : Math.max(last - spanMs, Math.min(points.timeMs[0], last - 60_000));
    this.#span = [first / 1_000, Math.max(last, first + 1_000) / 1_000];
    this.#alerts = alerts.filter(a => (a.state === "opened" || a.state === "updated") && a.at >= first && a.at <= last)
      .map(a => ({ at: a.at, severity: a.severity, value: points.feature === undefined ? a.value : a.score }));
    const alerted = new Set(this.#alerts.map(a => a.at));
    this.#dots = [];
    for (let i = 0; i < points.length; i++) {
      if (points.severity[i] !== "none" && !alerted.has(points.timeMs[i])) this.#dots.push({ at: points.timeMs[i], value: points.drawn[i], severity: points.severity[i] });
    }
    Object.assign(this.#host.dataset, { series, points: String(points.length) });
    this.#host.setAttribute("aria-label", this.#describe(series, points));
    if (this.#plot) this.#plot.setData(columns); else this.#plot = this.#build(columns);
  }

  #describe(series, points) {
    return `${series} from ${dateTime(points.timeMs[0])} to ${dateTime(points.timeMs[points.last])} UTC, latest ${points.feature === undefined ? "value" : "anomaly score"} ${number(points.drawn[points.last])}, ${this.#alerts.length} alerts drawn.`;
  }

  #theme() {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(["ink", "soft", "grid", "line", "band", "card", ...severities.slice(1)].map(name => [name, style.getPropertyValue(`--${name}`).trim()]));
  }

  #fit() {
    if (this.#plot) this.#plot.setSize({ width: this.#host.clientWidth, height: this.#host.clientHeight });
  }

  #rebuild() {
    this.#colours = this.#theme();
    if (!this.#plot) return;
    const data = this.#plot.data;
    this.#plot.destroy();
    this.#plot = this.#build(data);
  }

  #build(data) {
    const c = this.#colours;
    const axis = { stroke: c.soft, font: "12px system-ui, sans-serif", grid: { stroke: c.grid, width: 1 }, ticks: { stroke: c.grid, width: 1, size: 4 } };
    return new uPlot({
      width: this.#host.clientWidth,
      height: this.#host.clientHeight,
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1_000), "Etc/UTC"),
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      scales: { x: { range: () => this.#span }, y: { range: plot => this.#yRange(plot) } },
      axes: [{ ...axis, values: clock24, space: 70 }, { ...axis, size: 64, values: (_, ticks) => ticks.map(number) }],
      series: [
        {},
        { stroke: c.line, width: 1.6, points: { show: false } },
        { stroke: "transparent", points: { show: false } },
        { stroke: "transparent", points: { show: false } },
      ],
      bands: [{ series: [3, 2], fill: c.band }],
      hooks: { draw: [plot => this.#drawMarks(plot)], setCursor: [plot => this.#read(plot)] },
    }, data, this.#host);
  }

  /** Values and alerts fill the axis; the band is shown as far as it does not squeeze them flat. */
  #yRange(plot) {
    const [from, to] = this.#span;
    let low = Infinity, high = -Infinity, bandLow = Infinity, bandHigh = -Infinity;
    const [x, value, lower, upper] = plot.data;
    for (let i = 0; i < x.length; i++) {
      if (x[i] < from || x[i] > to || value[i] === null) continue;
      low = Math.min(low, value[i]); high = Math.max(high, value[i]);
      if (lower[i] !== null) { bandLow = Math.min(bandLow, lower[i]); bandHigh = Math.max(bandHigh, upper[i]); }
    }
    for (const alert of this.#alerts) { low = Math.min(low, alert.value); high = Math.max(high, alert.value); }
    if (low > high) return [0, 1];
    const size = high - low || Math.abs(high) || 1;
    low = Math.min(low, Math.max(bandLow, low - size / 2));
    high = Math.max(high, Math.min(bandHigh, high + size / 2));
    const margin = (high - low || 1) * 0.08;
    return [low - margin, high + margin];
  }

  #drawMarks(plot) {
    const context = plot.ctx;
    const scale = devicePixelRatio || 1;
    const { left, top, width, height } = plot.bbox;
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    const place = mark => [plot.valToPos(mark.at / 1_000, "x", true), plot.valToPos(mark.value, "y", true)];
    for (const dot of this.#dots) {
      const [x, y] = place(dot);
      context.fillStyle = this.#colours[dot.severity];
      context.globalAlpha = 0.7;
      context.beginPath();
      context.arc(x, y, 2.2 * scale, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
    for (const alert of [...this.#alerts].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))) {
      const [x, y] = place(alert);
      trace(context, alert.severity, x, y, scale);
      context.fillStyle = this.#colours[alert.severity] ?? this.#colours.mild;
      context.strokeStyle = this.#colours.card;
      context.lineWidth = 1.5 * scale;
      context.fill();
      context.stroke();
    }
    context.restore();
    Object.assign(this.#host.dataset, { drawn: "true", anomalies: String(this.#alerts.length) });
  }

  #read(plot) {
    const index = plot.cursor.idx;
    if (index === null || index === undefined || plot.data[1][index] === null) {
      this.#readout.textContent = "";
      return;
    }
    const [x, value, lower, upper] = plot.data.map(column => column[index]);
    const expected = lower === null || lower === undefined ? "" : `  expected ${number(lower)} to ${number(upper)}`;
    this.#readout.textContent = `${dateTime(x * 1_000)}  ${number(value)}${expected}`;
  }
}

/** Circle, triangle, diamond: the shapes of the key. */
function trace(context, severity, x, y, scale) {
  const r = { mild: 5, moderate: 6.5, extreme: 7.5 }[severity] ?? 5;
  const s = r * scale;
  context.beginPath();
  if (severity === "moderate") {
    context.moveTo(x, y - s); context.lineTo(x + s, y + s * 0.8); context.lineTo(x - s, y + s * 0.8);
  } else if (severity === "extreme") {
    context.moveTo(x, y - s); context.lineTo(x + s, y); context.lineTo(x, y + s); context.lineTo(x - s, y);
  } else {
    context.arc(x, y, s, 0, 2 * Math.PI);
  }
  context.closePath();
}
