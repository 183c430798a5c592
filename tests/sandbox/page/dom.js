// Building nodes. Everything the page shows passes through `h`: texts become text nodes, addresses
// are let through only when they are http(s). Nothing in the page assigns HTML.

/** An http(s) address in its normal form, or null. */
export function address(raw) {
  if (typeof raw !== "string" || raw.length > 4096) return null;
  try {
    const url = new URL(raw);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/** An element with attributes (`on…` are listeners) and children (nodes, texts, lists, or nothing). */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) put(node, name, value);
  add(node, children);
  return node;
}

function put(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "href" || name === "src") {
    const safe = address(value);
    if (safe) node.setAttribute(name, safe);
  } else if (name === "style") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
  else node.setAttribute(name, value === true ? "" : String(value));
}

function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : String(child));
  }
}

/** A link that opens elsewhere; plain text when the address is not one to follow. */
export function link(url, attributes, ...children) {
  const safe = address(url);
  if (!safe) return h("span", attributes, ...children);
  return h("a", { ...attributes, href: safe, target: "_blank", rel: "noopener noreferrer nofollow" }, ...children);
}

/** Replaces the children. */
export function fill(node, ...children) {
  node.replaceChildren();
  add(node, children);
  return node;
}

/** Makes `wanted` the children of `parent`, moving only what is out of place. */
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const node of wanted) {
    if (node === next) next = next.nextElementSibling;
    else parent.insertBefore(node, next);
  }
}

/** The element with this id. */
export const at = (id) => document.getElementById(id);

const PATHS = {
  hash: "M9 3 7 21M17 3l-2 18M4 8.5h17M3 15.5h17",
  news: "M4 10v5h3l7 5V5L7 10H4zM18 9a5 5 0 0 1 0 7",
  forum: "M4 5h16v10H10l-6 5V5zM8 9h8M8 12h5",
  thread: "M6 4v9a4 4 0 0 0 4 4h9M15 13l4 4-4 4",
  at: "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0zm0 0v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-4 7.5",
  menu: "M4 7h16M4 12h16M4 17h10",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14a6.5 6.5 0 0 1 3.5 6",
  ask: "M9.2 9a3 3 0 1 1 4.3 2.7c-1 .5-1.5 1.1-1.5 2.3M12 17.6v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
  send: "M4 12 20 4l-5 16-3.5-6.5L4 12zM11.5 13.5 20 4",
  smile: "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.1M15 9.5v.1",
  reply: "M9 6 4 11l5 5M4 11h9a7 7 0 0 1 7 7v1",
  edit: "M4 20l1-4L16 5l3 3L8 19l-4 1zM13.5 7.5l3 3",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  sweep: "M6 6l12 12M18 6 6 18",
  close: "M6 6l12 12M18 6 6 18",
  down: "M12 5v14M6 13l6 6 6-6",
  out: "M9 5H5v14h14v-4M13 4h7v7M20 4 11 13",
  chevron: "M8 10l4 4 4-4",
  eye: "M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  plus: "M12 5v14M5 12h14",
  clip: "M8 12.5 14 6.500a3 3 0 0 1 4.300 4.300L11 18a5 5 0 0 1-7-7l7-7",
};

const SVG = "http://www.w3.org/2000/svg";

/** A line drawing from the page's own set. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** The house's mark: a speech bubble with a word in it. */
export function mark(word) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 64 64");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  const bubble = document.createElementNS(SVG, "path");
  bubble.setAttribute("d", "M16 7h32a11 11 0 0 1 11 11v20a11 11 0 0 1-11 11H31L18 59V49h-2A11 11 0 0 1 5 38V18A11 11 0 0 1 16 7z");
  const text = document.createElementNS(SVG, "text");
  text.setAttribute("x", "32");
  text.setAttribute("y", "36");
  text.setAttribute("text-anchor", "middle");
  text.textContent = word;
  svg.append(bubble, text);
  return svg;
}

const COLOR = /^#[0-9a-f]{6}$/i;

/** A colour from outside, checked; or the fallback. */
export const color = (raw, fallback) => (typeof raw === "string" && COLOR.test(raw) ? raw : fallback);

const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

// Relative luminance, as WCAG defines it.
function luminance(rgb) {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Ink or paper, whichever is easier to read on this colour. */
export const readable = (hex) => (luminance(channels(hex)) > 0.2 ? "#1F1B2E" : "#FFF8F0");

const LEGIBLE = { light: 0.16, dark: 0.26 };
const GAIN = 1.6;
const PAPER = [255, 248, 240];
const INK = [31, 27, 46];

/** A colour for words on the room's ground, by daylight and by night: towards ink or paper until it can be read well. */
export function legible(raw) {
  if (!color(raw, null)) return "var(--bright)";
  const given = channels(raw);
  const gain = luminance(given) >= LEGIBLE.dark ? 1 : Math.min(GAIN, 255 / Math.max(...given, 1));
  const light = towards(given, INK, (rgb) => luminance(rgb) <= LEGIBLE.light);
  const dark = towards(given.map((c) => c * gain), PAPER, (rgb) => luminance(rgb) >= LEGIBLE.dark);
  return `light-dark(${light}, ${dark})`;
}

function towards(from, end, reads) {
  for (let share = 0; share < 1; share += 0.1) {
    const mixed = from.map((c, i) => Math.round(c + (end[i] - c) * share));
    if (reads(mixed)) return `rgb(${mixed.join(" ")})`;
  }
  return `rgb(${end.join(" ")})`;
}

/** A person's round picture, or a bot's speech bubble. */
export function face(user, size = "") {
  const tint = color(user?.color, "#5B2A6F");
  const letters = String(user?.initials ?? "?").slice(0, 4);
  if (user?.bot) {
    const word = user.name?.toLowerCase() === "daesa" ? "대사" : letters;
    return h("span", { class: `face bot ${size}`, "aria-hidden": "true" }, mark(word));
  }
  const style = { "--tint": tint, "--on-tint": readable(tint) };
  return h("span", { class: `face ${size}`, style, "aria-hidden": "true" }, letters);
}
