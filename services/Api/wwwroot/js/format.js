// How figures and times are written. Every time on the page is UTC.

const compact = new Intl.NumberFormat("en-GB", { notation: "compact", maximumSignificantDigits: 4 });
const plain = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 5 });

export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && size < 0.001) return value.toExponential(2);
  return size >= 1_000_000 ? compact.format(value) : plain.format(value);
}

export const score = value => value === null || value === undefined ? "–" : value.toFixed(2);

export const range = expected => expected ? `${number(expected.lower)} to ${number(expected.upper)}` : "–";

/** "2014-02-08 14:20:00" from a Date, milliseconds or RFC 3339. */
export function dateTime(time) {
  return new Date(time).toISOString().replace("T", " ").slice(0, 19);
}

export const clock = time => new Date(time).toISOString().slice(11, 19);

/** Time alone for today, date and time otherwise. */
export function shortTime(time, now) {
  const text = dateTime(time);
  return text.slice(0, 10) === dateTime(now).slice(0, 10) ? text.slice(11) : text;
}

export const severities = ["none", "mild", "moderate", "extreme"];

export const word = text => text.charAt(0).toUpperCase() + text.slice(1);

/** An element with a class and text: everything that came from outside enters the page as text. */
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Appends an id that may be broken over lines behind its separators. */
export function breakable(host, id) {
  for (const part of id.split(/(?<=[/_.:-])/)) host.append(part, document.createElement("wbr"));
  return host;
}

/** The shape that stands for a severity (or "resolved"), in its colour. */
export function mark(kind) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `mark ${kind}`);
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#shape-${kind}`);
  svg.append(use);
  return svg;
}
