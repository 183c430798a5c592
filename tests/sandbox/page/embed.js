// What hangs below a message's text: embeds, rows of buttons and menus, files.

import { address, color, fill, h, icon, link } from "./dom.js";
import { inlineMarkdown, markdown } from "./markdown.js";
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
    embed.footer?.text && h("span", {}, embed.footer.text),
    embed.footer?.text && embed.timestamp && h("span", { "aria-hidden": "true" }, "•"),
    embed.timestamp && timeNode(embed.timestamp, stamp(embed.timestamp)),
  );
}

// The box keeps its shape while the picture loads, so that nothing below it jumps.
function picture(url, className) {
  const safe = address(url);
  const frame = h("span", { class: `${className} picture` });
  if (!safe) return null;
  const image = h("img", { src: safe, alt: "", decoding: "async", referrerpolicy: "no-referrer" });
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
  if (part.type === 3) return menu(part, press, busy);
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

function menu(part, press, busy) {
  const options = (part.options ?? []).map((o) =>
    h("option", { value: o.value, selected: o.default, title: o.description }, `${o.emoji?.name ? `${o.emoji.name} ` : ""}${o.label}`),
  );
  const many = (part.max_values ?? 1) > 1;
  const select = h(
    "select",
    { class: "select", "data-custom-id": part.custom_id, multiple: many, disabled: part.disabled || busy !== null, "aria-label": part.placeholder ?? "Choose" },
    !many && h("option", { value: "", selected: true, disabled: true }, part.placeholder ?? "Choose"),
    options,
  );
  select.addEventListener("change", () => press(part.custom_id, [...select.selectedOptions].map((o) => o.value)));
  return select;
}

/** Files sent with a message. */
export function filesNode(files) {
  return files.map((file) => {
    const isImage = String(file.type ?? "").startsWith("image/");
    if (isImage && address(file.url)) return h("div", { class: "file-image" }, picture(file.url, "embed-image"));
    return h("div", { class: "file" }, icon("clip"), link(file.url, {}, file.name), h("span", { class: "faint" }, size(file.size)));
  });
}

const size = (bytes) => (Number.isFinite(bytes) ? (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`) : "");
