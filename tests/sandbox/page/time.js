// Times as the reader's own clock and language show them; the relative ones are kept fresh.

import { h } from "./dom.js";

const format = (options) => new Intl.DateTimeFormat(undefined, options);
const CLOCK = format({ hour: "numeric", minute: "2-digit" });
const DAY = format({ year: "numeric", month: "long", day: "numeric" });
const FULL = format({ weekday: "long", year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" });
const SHORT = format({ year: "numeric", month: "2-digit", day: "2-digit" });
const STYLES = {
  t: CLOCK,
  T: format({ hour: "numeric", minute: "2-digit", second: "2-digit" }),
  d: SHORT,
  D: DAY,
  f: format({ year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" }),
  F: FULL,
  s: format({ year: "numeric", month: "2-digit", day: "2-digit", hour: "numeric", minute: "2-digit" }),
};
const AGO = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const STEPS = [["year", 31_557_600], ["month", 2_629_800], ["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];
const REFRESH_MS = 10_000;

const valid = (date) => !Number.isNaN(date.getTime());

/** “3 minutes ago”. */
function ago(date) {
  const seconds = Math.round((date.getTime() - Date.now()) / 1000);
  const [unit, length] = STEPS.find(([, l]) => Math.abs(seconds) >= l) ?? STEPS.at(-1);
  return AGO.format(Math.trunc(seconds / length), unit);
}

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** “4:12 PM”. */
export const clock = (iso) => (valid(new Date(iso)) ? CLOCK.format(new Date(iso)) : "");

/** “Today at 4:12 PM”, “Yesterday at …”, or the date. */
export function stamp(iso) {
  const date = new Date(iso);
  if (!valid(date)) return "";
  const days = Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
  if (days === 0) return `Today at ${CLOCK.format(date)}`;
  if (days === 1) return `Yesterday at ${CLOCK.format(date)}`;
  return `${SHORT.format(date)} ${CLOCK.format(date)}`;
}

/** The key and the name of the day a message was written. */
export function day(iso) {
  const date = new Date(iso);
  return valid(date) ? { key: midnight(date), name: DAY.format(date) } : { key: 0, name: "" };
}

/** A `<time>` with the whole date as its tooltip. */
export function timeNode(iso, text, className) {
  const date = new Date(iso);
  if (!valid(date)) return h("span", { class: className });
  return h("time", { class: className, datetime: date.toISOString(), title: FULL.format(date) }, text);
}

/** Discord's `<t:SECONDS:STYLE>`; null when it is no date. */
export function mentionOfTime(seconds, style) {
  const date = new Date(Number(seconds) * 1000);
  if (!valid(date)) return null;
  const text = style === "R" ? ago(date) : (STYLES[style] ?? STYLES.f).format(date);
  const node = timeNode(date.toISOString(), text, "stamp");
  if (style === "R") node.dataset.relative = "1";
  return node;
}

setInterval(() => {
  for (const node of document.querySelectorAll("time[data-relative]")) {
    const text = ago(new Date(node.dateTime));
    if (node.textContent !== text) node.textContent = text;
  }
}, REFRESH_MS);
