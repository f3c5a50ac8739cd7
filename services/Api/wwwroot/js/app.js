// Ties the page together: what is selected, what is asked for, what arrives.

import { AlertTable } from "./alertTable.js";
import { Chart } from "./chart.js";
import { clock, dateTime, element, mark, number, score, severities, shortTime, word } from "./format.js";
import { Points } from "./points.js";
import { SeriesList } from "./seriesList.js";
import { getPoints, listAlerts, listSeries, Stream } from "./source.js";

const $ = id => document.getElementById(id);
const ranges = [["5 min", 300_000], ["15 min", 900_000], ["1 h", 3_600_000], ["6 h", 21_600_000], ["All", null]];
const listPause = 2_000;
const redrawPause = 100;
const recent = 600_000; // a series whose newest event is older than this is history: it is shown whole

const list = new SeriesList($("series-list"), $("series-note"));
const table = new AlertTable($("alert-rows"), $("alerts-note"));
const chart = new Chart($("chart"), $("readout"));
const state = { series: null, summary: null, points: null, seriesAlerts: [], range: undefined, serverAhead: 0, lastHeard: 0, stale: false, asked: 0 };

const now = () => Date.now() + state.serverAhead;
const limit = () => Math.max(400, Math.min(4_000, 2 * Math.round(chart.width)));

// --- selection: the address names the series, so that a link shows the same -------------------------------------------------

function read() {
  const hash = new URLSearchParams(location.hash.slice(1));
  return { series: hash.get("series"), range: hash.get("range") };
}

function address(series, range) {
  const hash = new URLSearchParams({ series });
  if (range !== undefined) hash.set("range", range === null ? "all" : String(range / 1_000));
  return `#${hash}`;
}

async function select() {
  const wanted = read();
  state.range = wanted.range === null ? undefined : wanted.range === "all" ? null : Number(wanted.range) * 1_000 || undefined;
  if (wanted.series && wanted.series !== state.series) {
    Object.assign(state, { series: wanted.series, summary: null, points: null, seriesAlerts: [] });
    chart.clear();
    $("series-name").textContent = wanted.series;
    $("figures").replaceChildren();
    list.select(wanted.series);
    table.select(wanted.series);
    stream.follow(wanted.series);
    if ($("only-series").checked) loadAlerts();
  }
  await loadPoints();
}

function span() {
  if (state.range !== undefined) return state.range;
  if (!state.points?.length) return null;
  return now() - state.points.timeMs[state.points.last] > recent ? null : 900_000;
}

async function loadPoints() {
  const series = state.series;
  if (!series) return;
  const asked = ++state.asked;
  try {
    let answer = await getPoints(series, limit());
    if (asked !== state.asked) return;
    state.points = answer && answer.timeMs.length ? new Points(answer) : null;
    const width = span();
    if (state.points && width !== null && answer.total > answer.timeMs.length) {
      answer = await getPoints(series, limit(), state.points.timeMs[state.points.last] - width);
      if (asked !== state.asked) return;
      state.points = new Points(answer);
    }
    const alerts = await listAlerts({ series, limit: 1_000 });
    if (asked !== state.asked) return;
    remember(alerts.alerts);
    state.stale = false;
    redraw();
  } catch {
    state.stale = true; // asked again with the next list
  }
}

function remember(alerts) {
  const known = new Set(state.seriesAlerts.map(a => a.id));
  for (const alert of alerts) if (!known.has(alert.id)) state.seriesAlerts.push({ ...alert, at: Date.parse(alert.time) });
}

// --- drawing ------------------------------------------------------------------------------------------------------------

let pending = 0;
function redraw() {
  pending ||= setTimeout(() => requestAnimationFrame(() => { pending = 0; draw(); }), redrawPause);
}

function draw() {
  const points = state.points;
  $("chart-note").hidden = Boolean(points?.length);
  $("chart-note").textContent = state.series ? "No points of this series yet. They appear here as soon as the detector has scored some." : "Points appear here as soon as the detector has scored something.";
  drawRanges();
  drawState();
  if (!points?.length) return;
  const width = span();
  if (width !== null) points.dropBefore(points.timeMs[points.last] - width);
  chart.show(state.series, points, state.seriesAlerts, width);
  drawFigures(points);
  $("line-name").textContent = points.feature === undefined ? "observed" : "anomaly score of all features";
}

const rangeButtons = ranges.map(([text, ms]) => {
  const button = element("button", "", text);
  button.type = "button";
  button.addEventListener("click", () => { if (state.series) location.hash = address(state.series, ms); });
  return { button, ms };
});

function drawRanges() {
  const width = span();
  for (const { button, ms } of rangeButtons) button.setAttribute("aria-pressed", String(ms === width));
}

function drawState() {
  const summary = state.summary;
  const badge = $("series-state");
  const severity = summary?.severity ?? "none";
  badge.className = `state ${severity === "none" ? "normal" : severity}`;
  badge.replaceChildren();
  if (!summary) return;
  if (severity === "none") badge.append("Normal");
  else badge.append(mark(severity), `${word(severity)} since ${shortTime(summary.alertingSince, now())} UTC`);
}

function drawFigures(points) {
  const i = points.last;
  const warm = points.lower[i] !== null;
  const rows = [
    [points.feature === undefined ? "Latest value" : `Most deviating: ${points.feature}`, number(points.value[i])],
    ["Expected", warm ? `${number(points.lower[i])} to ${number(points.upper[i])}` : "warming up"],
    ["Anomaly score", score(points.score[i])],
    ["Event time (UTC)", dateTime(points.timeMs[i])],
    ["Domain", state.summary?.domain ?? "–"],
  ];
  $("figures").replaceChildren(...rows.map(([term, text]) => {
    const pair = element("div");
    pair.append(element("dt", "", term), element("dd", "", text));
    return pair;
  }));
}

function drawTally(answer) {
  const hot = element("strong", answer.alerting ? "hot" : "", String(answer.alerting));
  $("tally").replaceChildren(element("strong", "", String(answer.total)), answer.total === 1 ? " series, " : " series, ", hot, " alerting");
  document.title = answer.alerting ? `(${answer.alerting}) Tidewatch` : "Tidewatch";
}

// --- what is asked for again and again: the list ------------------------------------------------------------------------

async function loadList() {
  try {
    const query = $("search").value.trim();
    const answer = await listSeries(query, 300);
    list.show(answer, query, now());
    if (!query) drawTally(answer);
    if (!state.series && answer.series.length) {
      history.replaceState(null, "", address(answer.series[0].series));
      await select();
    }
    if (!state.series && !stream.open) stream.follow(null);
    const mine = answer.series.find(s => s.series === state.series);
    if (mine) state.summary = mine;
    if (state.stale || (state.points && state.points.length > 2 * limit())) await loadPoints();
    redraw();
  } catch {
    if (!stream.open) stream.follow(state.series); // says that the connection is gone, and finds it again
  }
}

async function loadAlerts() {
  table.clear();
  const only = $("only-series").checked ? state.series : null;
  try {
    table.fill(await listAlerts({ series: only, severity: $("least").value, limit: 200 }));
  } catch {
    // As above.
  }
}

function shown(alert) {
  return (!$("only-series").checked || alert.series === state.series) && severities.indexOf(alert.severity) >= severities.indexOf($("least").value);
}

// --- the stream ---------------------------------------------------------------------------------------------------------

let wasLive = false;
const stream = new Stream({
  open() {
    connection("live");
    if (wasLive) { loadPoints(); loadList(); }
    wasLive = true;
  },
  lost() { connection("reconnecting"); },
  clock(ms) { state.serverAhead = ms - Date.now(); state.lastHeard = now(); },
  points(event) {
    state.lastHeard = now();
    const mine = event.points.filter(p => p.series === state.series);
    if (!mine.length) return;
    if (event.dropped || !state.points) { state.stale = true; return; }
    for (const point of mine) state.points.add(point);
    redraw();
  },
  alert(alert) {
    state.lastHeard = now();
    if (shown(alert)) table.add(alert);
    if (alert.series === state.series) { remember([alert]); redraw(); }
    if (alert.state === "opened" && alert.severity === "extreme") $("announcer").textContent = `Extreme anomaly: ${alert.series}. ${alert.reason}`;
  },
});

function connection(value) {
  document.body.dataset.connection = value;
  $("connection-text").textContent = value === "live" ? "Live" : "Reconnecting";
  $("banner").hidden = value === "live";
  if (value !== "live") $("banner").textContent = `Connection lost${state.lastHeard ? ` at ${clock(state.lastHeard)} UTC` : ""}. What is shown is not current; trying again every 2 seconds.`;
}

// --- start --------------------------------------------------------------------------------------------------------------

$("search").addEventListener("input", loadList);
$("only-series").addEventListener("change", loadAlerts);
$("least").addEventListener("change", loadAlerts);
addEventListener("hashchange", select);
addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  event.preventDefault();
  $("search").focus();
});

$("ranges").append(...rangeButtons.map(r => r.button));
setInterval(() => { $("clock").textContent = clock(now()); }, 1_000);
drawRanges();
if (read().series) select();
loadAlerts();
loadList();
setInterval(loadList, listPause);
