// The points of the selected series in memory: what the API gave, then what the stream brings.

export class Points {
  /** Columns as GET /api/v1/series/points gives them. */
  constructor(answer) {
    this.timeMs = answer.timeMs;
    this.value = answer.value;
    this.lower = answer.lower;
    this.upper = answer.upper;
    this.score = answer.score;
    this.severity = answer.severity;
    this.feature = answer.feature;
  }

  get length() { return this.timeMs.length; }

  get last() { return this.length - 1; }

  /** Adds a point of the stream; false when it is not later than the last. */
  add(point) {
    const time = Date.parse(point.time);
    if (this.length && time <= this.timeMs[this.last]) return false;
    this.timeMs.push(time);
    this.value.push(point.value);
    this.lower.push(point.expected?.lower ?? null);
    this.upper.push(point.expected?.upper ?? null);
    this.score.push(point.score);
    this.severity.push(point.severity);
    this.feature = point.feature;
    return true;
  }

  dropBefore(time) {
    let first = 0;
    while (first < this.length && this.timeMs[first] < time) first++;
    if (first === 0) return;
    for (const column of [this.timeMs, this.value, this.lower, this.upper, this.score, this.severity]) column.splice(0, first);
  }

  /** The usual distance between two points, ms. */
  get pace() {
    const gaps = [];
    for (let i = Math.max(1, this.length - 200); i < this.length; i++) gaps.push(this.timeMs[i] - this.timeMs[i - 1]);
    return gaps.length ? gaps.sort((a, b) => a - b)[gaps.length >> 1] : 1_000;
  }

  /** Features have units of their own and take turns in deviating most: what can be drawn as one line is their common score. */
  get drawn() { return this.feature === undefined ? this.value : this.score; }

  /** Columns for the chart, x in seconds, with an empty row in each gap so that a gap is drawn as a gap. */
  columns() {
    const gap = Math.max(this.pace * 10, 5_000);
    const x = [], value = [], lower = [], upper = [];
    for (let i = 0; i < this.length; i++) {
      if (i > 0 && this.timeMs[i] - this.timeMs[i - 1] > gap) {
        x.push((this.timeMs[i - 1] + this.timeMs[i]) / 2_000);
        value.push(null); lower.push(null); upper.push(null);
      }
      x.push(this.timeMs[i] / 1_000);
      value.push(this.drawn[i]);
      lower.push(this.feature === undefined ? this.lower[i] : null);
      upper.push(this.feature === undefined ? this.upper[i] : null);
    }
    return [x, value, lower, upper];
  }
}
