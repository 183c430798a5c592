// Discord's Markdown, as nodes. Blocks by line first, then what is inside a line. The parser never
// fails: what does not close is text. Depth is bounded, and so is the work on a long line.

import { address, h, link } from "./dom.js";
import { mentionOfTime } from "./time.js";

const DEPTH = 12;
const MARKS = [
  ["***", (kids) => h("strong", {}, h("em", {}, kids))],
  ["**", (kids) => h("strong", {}, kids)],
  ["__", (kids) => h("u", {}, kids)],
  ["~~", (kids) => h("s", {}, kids)],
  ["||", (kids) => spoiler(kids)],
  ["*", (kids) => h("em", {}, kids)],
  ["_", (kids) => h("em", {}, kids)],
];
const ANGLE = /^<(?:t:(-?\d{1,14})(?::([tTdDfFsR]))?|@!?(\d{1,20})|@&(\d{1,20})|#(\d{1,20})|a?:(\w{1,32}):\d{1,20}|\/([^:<>]{1,100}):\d{1,20}|(https?:\/\/[^\s<>]{1,2000}))>/;
const FENCE = /```(?:[\w+-]{0,20}\n)?([\s\S]+?)```/;
const MASKED = /^\(<?(https?:\/\/(?:[^\s<>()]|\([^\s<>()]*\))+)>?(?: "[^"\n]*")?\)/;
const BARE = /^https?:\/\/[^\s<>]{1,2000}/;
const ENDS = /[.,:;!?'")\]]+$/;
const SPECIAL = /[\\`*_~|<[@h]/g;

/** The nodes of a text. `names` resolves mentions: user(id), role(id), channel(id); null leaves the text. */
export function markdown(text, names) {
  const out = [];
  let rest = String(text ?? "");
  for (let fence = FENCE.exec(rest); fence; fence = FENCE.exec(rest)) {
    const before = rest.slice(0, fence.index).replace(/\n$/, "");
    if (before) out.push(...blocks(before.split("\n"), names, 0));
    out.push(h("pre", {}, h("code", {}, fence[1].replace(/\n$/, ""))));
    rest = rest.slice(fence.index + fence[0].length).replace(/^\n/, "");
  }
  return rest || !out.length ? [...out, ...blocks(rest.split("\n"), names, 0)] : out;
}

/** The nodes of one line, without blocks (titles of fields, footers of replies). */
export const inlineMarkdown = (text, names) => inline(String(text ?? ""), names, 0);

function blocks(lines, names, depth) {
  const out = [];
  let plain = [];
  const flush = () => {
    if (plain.length) out.push(paragraph(plain, names, depth));
    plain = [];
  };
  for (let i = 0; i < lines.length; i += 1) {
    const found = depth < DEPTH && (block(lines, i, names, depth) ?? byline(lines, i, names, depth));
    if (!found) {
      plain.push(lines[i]);
      continue;
    }
    flush();
    out.push(found.node);
    i = found.last;
  }
  flush();
  return out;
}

// A line that begins with a dash says whose words stand above it: it is set apart from them.
function byline(lines, i, names, depth) {
  if (i === 0 || !lines[i].startsWith("— ")) return null;
  return { node: h("div", { class: "byline" }, inline(lines[i], names, depth)), last: i };
}

function paragraph(lines, names, depth) {
  return h("div", { class: "md" }, inline(lines.join("\n"), names, depth));
}

function block(lines, i, names, depth) {
  const line = lines[i];
  if (line.startsWith(">>> ")) {
    const rest = [line.slice(4), ...lines.slice(i + 1)];
    return { node: h("blockquote", {}, blocks(rest, names, depth + 1)), last: lines.length };
  }
  if (line.startsWith("> ") || line === ">") return run(lines, i, /^> ?/, (rest) => h("blockquote", {}, blocks(rest, names, depth + 1)), /^>(?: |$)/);
  const heading = /^(#{1,3}) +(\S.*)$/.exec(line);
  if (heading) return { node: h(`h${heading[1].length + 2}`, { class: `md-h${heading[1].length}` }, inline(heading[2], names, depth)), last: i };
  if (line.startsWith("-# ")) return { node: h("div", { class: "subtext" }, inline(line.slice(3), names, depth)), last: i };
  if (/^ {0,3}[-*] +\S/.test(line)) return run(lines, i, /^ {0,3}[-*] +/, (rest) => h("ul", {}, items(rest, names, depth)), /^ {0,3}[-*] +\S/);
  if (/^ {0,3}\d{1,9}\. +\S/.test(line)) {
    const start = parseInt(line.trim(), 10);
    return run(lines, i, /^ {0,3}\d{1,9}\. +/, (rest) => h("ol", { start }, items(rest, names, depth)), /^ {0,3}\d{1,9}\. +\S/);
  }
  return null;
}

const items = (lines, names, depth) => lines.map((line) => h("li", {}, inline(line, names, depth)));

function run(lines, i, prefix, make, belongs) {
  let last = i;
  while (last + 1 < lines.length && belongs.test(lines[last + 1])) last += 1;
  const rest = lines.slice(i, last + 1).map((line) => line.replace(prefix, ""));
  return { node: make(rest), last };
}

function inline(text, names, depth) {
  const out = [];
  let plain = "";
  const push = (node) => {
    if (plain) out.push(plain);
    plain = "";
    out.push(node);
  };
  for (let i = 0; i < text.length; ) {
    const found = depth < DEPTH && piece(text, i, names, depth);
    if (found) {
      if (typeof found.node === "string") plain += found.node;
      else push(found.node);
      i += found.length;
      continue;
    }
    SPECIAL.lastIndex = i + 1;
    const next = SPECIAL.exec(text)?.index ?? text.length;
    plain += text.slice(i, next);
    i = next;
  }
  if (plain) out.push(plain);
  return out;
}

function piece(text, i, names, depth) {
  switch (text[i]) {
    case "\\":
      return /[^\sA-Za-z0-9]/.test(text[i + 1] ?? " ") ? { node: text[i + 1], length: 2 } : null;
    case "`":
      return ticks(text, i);
    case "<":
      return angle(text.slice(i, i + 2100), names);
    case "[":
      return names.noLinks ? null : masked(text, i, names, depth);
    case "h":
      return names.noLinks ? null : bare(text, i);
    case "@":
      return everyone(text, i);
    default:
      return marked(text, i, names, depth);
  }
}

function ticks(text, i) {
  const fenceMark = text.startsWith("``", i) ? "``" : "`";
  const end = text.indexOf(fenceMark, i + fenceMark.length);
  if (end <= i + fenceMark.length) return null;
  return { node: h("code", {}, text.slice(i + fenceMark.length, end)), length: end + fenceMark.length - i };
}

function marked(text, i, names, depth) {
  for (const [sign, make] of MARKS) {
    if (!text.startsWith(sign, i)) continue;
    if (sign === "_" && /\w/.test(text[i - 1] ?? "")) continue;
    if (sign === "**" && text[i + 2] === "*") continue;
    const end = closing(text, i + sign.length, sign);
    if (end > 0) return { node: make(inline(text.slice(i + sign.length, end), names, depth + 1)), length: end + sign.length - i };
  }
  return null;
}

// Where a mark closes: not at once, not after white space for a star, not inside a word for a bar.
function closing(text, from, sign) {
  if (/^\s/.test(text[from] ?? " ") && sign !== "||") return -1;
  for (let end = text.indexOf(sign, from); end >= 0; end = text.indexOf(sign, end + 1)) {
    if (end === from || text[end - 1] === "\\") continue;
    if (sign === "*" && (/\s/.test(text[end - 1]) || text[end + 1] === "*" || text[end - 1] === "*")) continue;
    if (sign === "_" && /\w/.test(text[end + 1] ?? "")) continue;
    if (sign === "**" && text[end + 2] === "*") continue;
    return end;
  }
  return -1;
}

function spoiler(kids) {
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("aria-label");
    inner.removeAttribute("aria-hidden");
  };
  const inner = h("span", { "aria-hidden": "true" }, kids);
  const node = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Spoiler: show it", onclick: show, onkeydown: show }, inner);
  return node;
}

function angle(text, names) {
  const m = ANGLE.exec(text);
  if (!m) return null;
  const [whole, seconds, style, user, role, channel, emoji, command, url] = m;
  const node =
    (seconds && mentionOfTime(seconds, style ?? "f")) ||
    (user && names.user(user)) ||
    (role && names.role(role)) ||
    (channel && names.channel(channel)) ||
    (emoji && h("span", { class: "emoji-name" }, `:${emoji}:`)) ||
    (command && h("span", { class: "mention" }, `/${command}`)) ||
    (url && !names.noLinks && link(url, {}, url));
  return node ? { node, length: whole.length } : null;
}

function masked(text, i, names, depth) {
  const middle = text.indexOf("](", i + 1);
  if (middle < 0 || middle === i + 1 || text.slice(i + 1, middle).includes("\n")) return null;
  const m = MASKED.exec(text.slice(middle + 1, middle + 2200));
  const url = m && address(m[1]);
  if (!url) return null;
  const label = text.slice(i + 1, middle);
  return { node: link(url, { title: url }, inline(label, { ...names, noLinks: true }, depth + 1)), length: middle + 1 - i + m[0].length };
}

function bare(text, i) {
  if (/\w/.test(text[i - 1] ?? "")) return null;
  const found = BARE.exec(text.slice(i, i + 2100))?.[0];
  if (!found) return null;
  let url = found.replace(ENDS, "");
  if (url.includes("(") && found[url.length] === ")") url += ")";
  return address(url) ? { node: link(url, {}, url), length: url.length } : null;
}

function everyone(text, i) {
  const word = ["@everyone", "@here"].find((w) => text.startsWith(w, i));
  return word ? { node: h("span", { class: "mention" }, word), length: word.length } : null;
}
