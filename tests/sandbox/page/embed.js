// What hangs below a message's text: embeds, rows of buttons and menus, files.

import { address, color, fill, h, icon, link } from "./dom.js";
import { inlineMarkdown, markdown } from "./markdown.js";
import { known, serverOf } from "./state.js";
import { stamp, timeNode } from "./time.js";

/** A whole embed, as Discord's own interface describes it. */
export function embedNode(embed, names) {
  const tint = Number.isInteger(embed.color) ? `#${(embed.color & 0xffffff).toString(16).padStart(6, "0")}` : "#5B2A6F";
  return h(
    "div",
    { class: `embed${embed.thumbnail ? " with-thumb" : ""}`, style: { "--bar": color(tint, "#5B2A6F") } },
    h(
      "div",
      { class: "embed-words" },
      embed.provider?.name && h("div", { class: "embed-provider" }, embed.provider.name),
      embed.author?.name && author(embed.author),
      embed.title && title(embed, names),
      embed.description && h("div", { class: "embed-text" }, markdown(embed.description, names)),
      embed.fields?.length > 0 && h("div", { class: "embed-fields" }, embed.fields.map((field) => fieldNode(field, names))),
    ),
    embed.thumbnail && picture(embed.thumbnail.url, "embed-thumb"),
    embed.image && picture(embed.image.url, "embed-image"),
    (embed.footer?.text || embed.timestamp) && footer(embed),
  );
}

function author({ name, url, icon_url: image }) {
  return h("div", { class: "embed-author" }, image && picture(image, "embed-icon"), url ? link(url, {}, name) : h("span", {}, name));
}

function title(embed, names) {
  const words = inlineMarkdown(embed.title, { ...names, noLinks: true });
  return h("div", { class: "embed-title" }, embed.url ? link(embed.url, {}, words) : words);
}

function fieldNode(field, names) {
  return h(
    "div",
    { class: `embed-field${field.inline ? " inline" : ""}` },
    h("div", { class: "embed-field-name" }, inlineMarkdown(field.name, names)),
    h("div", { class: "embed-field-value" }, markdown(field.value, names)),
  );
}

function footer(embed) {
  return h(
    "div",
    { class: "embed-foot" },
    embed.footer?.icon_url && picture(embed.footer.icon_url, "embed-icon"),
    // One run of text: the dot stays between the two, also where the line is broken.
    h(
      "span",
      {},
      embed.footer?.text,
      embed.footer?.text && embed.timestamp && h("span", { class: "embed-dot", "aria-hidden": "true" }, "•"),
      embed.timestamp && timeNode(embed.timestamp, stamp(embed.timestamp)),
    ),
  );
}

/** A picture from its own address. The box keeps its shape while it loads, so that nothing below it jumps. */
export function picture(url, className, words = "") {
  const safe = address(url);
  const frame = h("span", { class: `${className} picture` });
  if (!safe) return null;
  const image = h("img", { src: safe, alt: words, decoding: "async", referrerpolicy: "no-referrer" });
  image.addEventListener("load", () => frame.classList.add("ready"));
  image.addEventListener("error", () => {
    frame.classList.add("broken");
    fill(frame, className === "embed-image" ? "The picture is not there" : "");
  });
  frame.append(image);
  return className === "embed-image" ? link(safe, { class: "embed-image-link", "aria-label": "Picture: open it" }, frame) : frame;
}

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary" };

/** Rows of buttons and menus. `press(customId, values)`; `busy`: the custom id that waits for its answer. */
export function rowsNode(rows, press, busy) {
  return rows.map((row) => h("div", { class: "button-row" }, (row.components ?? []).map((c) => component(c, press, busy))));
}

function component(part, press, busy) {
  if (part.type === 2) return button(part, press, busy);
  if (part.type === 3 || part.type === 6) return menu(part, press, busy);
  return null;
}

function button(part, press, busy) {
  const words = [part.emoji?.name && h("span", { class: "emoji" }, part.emoji.name), part.label && h("span", {}, part.label)];
  if (part.style === 5) return link(part.url, { class: "button secondary" }, words, icon("out"));
  const waits = busy === part.custom_id;
  return h(
    "button",
    {
      type: "button",
      class: `button ${STYLES[part.style] ?? "secondary"}${waits ? " waits" : ""}`,
      "data-custom-id": part.custom_id,
      disabled: part.disabled || busy !== null,
      "aria-busy": waits,
      onclick: () => press(part.custom_id, null),
    },
    words,
  );
}

/** A menu: a face that shows what is chosen, and a list below it. One choice is sent at once, several when it closes. */
function menu(part, press, busy) {
  const offers = part.type === 6 ? roles(part) : (part.options ?? []);
  const many = (part.max_values ?? 1) > 1;
  const chosen = new Set(offers.filter((o) => o.default).map((o) => o.value));
  const before = [...chosen].join();
  const face = h("span", { class: "menu-words" });
  const name = () => {
    const words = offers.filter((o) => chosen.has(o.value)).map((o) => o.label);
    face.textContent = words.length ? words.join(", ") : (part.placeholder ?? "Choose");
    face.classList.toggle("faint", !words.length);
  };
  name();
  const off = part.disabled || busy !== null;
  const row = (o) => {
    const mark = () => node.setAttribute("aria-selected", String(chosen.has(o.value)));
    const node = h(
      "button",
      {
        type: "button",
        class: `menu-row${many || part.min_values === 0 ? " ticks" : ""}`,
        role: "option",
        "data-value": o.value,
        disabled: off,
        onclick: () => {
          const had = chosen.has(o.value);
          if (!many) chosen.clear();
          if (had) chosen.delete(o.value);
          else chosen.add(o.value);
          if (!many && had && part.min_values !== 0) chosen.add(o.value);
          mark();
          name();
          if (!many) press(part.custom_id, [...chosen]);
        },
      },
      h("span", { class: "menu-label" }, o.emoji?.name && h("span", { class: "emoji" }, o.emoji.name), o.label),
      o.description && h("span", { class: "faint" }, o.description),
    );
    mark();
    return node;
  };
  const box = h(
    "details",
    { class: "menu", "data-custom-id": part.custom_id },
    h("summary", { class: `menu-face${off ? " off" : ""}`, "aria-label": part.placeholder ?? "Choose" }, face, icon("chevron")),
    h("div", { class: "menu-list", role: "listbox", "aria-multiselectable": String(many) }, offers.map(row)),
  );
  box.addEventListener("toggle", () => {
    // Near the bottom it opens upwards.
    if (box.open) box.classList.toggle("up", innerHeight - box.getBoundingClientRect().bottom < 400);
    if (many && !box.open && [...chosen].join() !== before) press(part.custom_id, [...chosen]);
  });
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) box.open = false;
  });
  return box;
}

/** The roles of the server that is shown, without everyone's, as a menu of roles offers them. */
function roles(part) {
  const server = serverOf(known.here);
  const all = (server?.roles ?? []).filter((role) => role.id !== server.id);
  return all.map((role) => ({ value: role.id, label: `@${role.name}`, default: (part.default_values ?? []).some((one) => String(one.id) === role.id) }));
}

/** Files sent with a message. */
export function filesNode(files) {
  return files.map((one) => {
    // Files are the page's own: their addresses have no host.
    const file = { ...one, url: new URL(one.url, location.href).href };
    const isImage = String(file.type ?? "").startsWith("image/");
    if (isImage && address(file.url)) return h("div", { class: "file-image" }, picture(file.url, "embed-image", file.description ?? ""));
    return h("div", { class: "file" }, icon("clip"), link(file.url, {}, file.name), h("span", { class: "faint" }, size(file.size)));
  });
}

const size = (bytes) => (Number.isFinite(bytes) ? (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`) : "");
