// Where the page's data comes from: requests, and one stream of events that finds its way back after a break.

const root = "api/v1";
const silence = 30_000; // three heartbeats

async function get(path) {
  const answer = await fetch(`${root}/${path}`, { headers: { accept: "application/json" } });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

export const listSeries = (q, limit) => get(`series?${new URLSearchParams({ q, limit, spark: 40 })}`);

export function getPoints(series, points, from) {
  const query = new URLSearchParams({ series, points });
  if (from !== undefined) query.set("from", new Date(from).toISOString());
  return get(`series/points?${query}`);
}

export function listAlerts({ series, severity, limit }) {
  const query = new URLSearchParams({ limit });
  if (series) query.set("series", series);
  if (severity && severity !== "none") query.set("severity", severity);
  return get(`alerts?${query}`);
}

/** Alerts of all series and points of one. Handlers: open, lost, clock(ms), points(event), alert(alert). */
export class Stream {
  #handlers; #source = null; #series = null; #lastAlert = ""; #watch = 0; #retry = 0; #following = false;

  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** True once it was told whom to follow, also while it is finding its way back. */
  get open() { return this.#following; }

  follow(series) {
    this.#following = true;
    this.#series = series;
    this.#connect();
  }

  #connect() {
    this.#source?.close();
    clearTimeout(this.#retry);
    const query = new URLSearchParams();
    if (this.#series) query.set("series", this.#series);
    if (this.#lastAlert) query.set("lastEventId", this.#lastAlert);
    const source = this.#source = new EventSource(`${root}/stream?${query}`);
    const on = (type, handle) => source.addEventListener(type, event => {
      if (source !== this.#source) return;
      this.#heard();
      if (event.lastEventId) this.#lastAlert = event.lastEventId;
      handle(JSON.parse(event.data));
    });
    on("hello", data => { this.#handlers.open(); this.#handlers.clock(Date.parse(data.time)); });
    on("heartbeat", data => this.#handlers.clock(Date.parse(data.time)));
    on("points", data => this.#handlers.points(data));
    on("alert", data => this.#handlers.alert(data));
    source.addEventListener("error", () => { if (source === this.#source) this.#lost(); });
    this.#heard();
  }

  #heard() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(), silence);
  }

  #lost() {
    this.#handlers.lost();
    this.#source?.close();
    this.#source = null;
    clearTimeout(this.#watch);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), 2_000);
  }
}
