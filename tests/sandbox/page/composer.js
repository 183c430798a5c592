// The box one writes in: text, replies, edits, and the menu of commands.

import { at, fill, h, icon } from "./dom.js";
import { called, hereChannel, known } from "./state.js";
import { closeSlash, commandEntries, filling, openSlash, sendSlash, startSlash } from "./slash.js";
import { post } from "./wire.js";

let reply = null;
let editing = null;
let menu = [];
let active = 0;
let failed = null;

/** Wires the box. `complain(error)` shows what went wrong; `took(interaction)` is told of a command that was sent. */
export function startComposer(complain, took) {
  failed = complain;
  const box = at("composer");
  at("write").addEventListener("submit", (event) => {
    event.preventDefault();
    void (filling() ? sendSlash() : submit());
  });
  box.addEventListener("input", typed);
  box.addEventListener("keydown", key);
  box.addEventListener("blur", () => setTimeout(() => document.activeElement !== box && closeMenu(), 120));
  startSlash(
    async (body) => {
      try {
        took((await post("/page/slash", body)).interaction);
      } catch (error) {
        complain(error);
      }
    },
    (text) => {
      box.value = text;
      typed();
      box.focus();
    },
  );
}

/** Brings the box up to date with the channel and the person. */
export function showComposer() {
  const channel = hereChannel();
  const box = at("composer");
  const can = Boolean(channel?.can_send) && !channel?.archived;
  box.disabled = !can;
  at("send").disabled = !can;
  const name = channel?.kind === "direct" ? `@${called(known.application?.user_id).name}` : `#${channel?.name ?? ""}`;
  const slash = known.commands.length ? " — or type /" : "";
  box.placeholder = can ? `Write to ${name} as ${called(known.as).name}${slash}` : `${called(known.as).name} may not write here`;
}

/** Forgets what was begun: another channel, another person. */
export function resetComposer() {
  closeSlash();
  closeMenu();
  setReply(null);
  if (editing) at("composer").value = "";
  editing = null;
  at("notice").textContent = "";
}

/** Puts a text into the box, ready to send. */
export function fillComposer(text) {
  closeSlash();
  const box = at("composer");
  box.value = text;
  typed();
  box.focus();
}

/** Opens a command by name; says whether there is one. */
export function fillCommand(name) {
  const entry = commandEntries().find((e) => e.label === name || e.command.name === name);
  if (!entry) return false;
  closeSlash();
  openSlash(entry);
  return true;
}

/** Answers a message; null stops. */
export function setReply(message) {
  reply = message;
  editing = null;
  banner(message && ["Replying to ", h("b", {}, called(message.author_id).name)]);
  if (message) at("composer").focus();
}

/** Changes a message of one's own. */
export function setEdit(message) {
  closeSlash();
  reply = null;
  editing = message;
  banner(["Editing your message. ", h("span", { class: "faint" }, "Esc leaves it as it was.")]);
  at("composer").value = message.content;
  typed();
  at("composer").focus();
}

function banner(words) {
  const node = at("replying");
  node.hidden = !words;
  fill(node, words && [h("span", {}, words), h("button", { type: "button", class: "ghost small", "aria-label": "Stop", onclick: stop }, icon("close"))]);
}

function stop() {
  if (editing) {
    at("composer").value = "";
    typed();
  }
  setReply(null);
}

async function submit() {
  const box = at("composer");
  const content = box.value.trim();
  if (!content || box.disabled) return;
  const body = { as: known.as, channel_id: known.here, content };
  const { path, extra } = editing ? { path: "/page/edit", extra: { message_id: editing.id } } : { path: "/page/say", extra: { reply_to: reply?.id ?? null } };
  box.value = "";
  typed();
  try {
    await post(path, { ...body, ...extra });
    setReply(null);
  } catch (error) {
    if (!box.value) box.value = content;
    typed();
    failed(error);
  }
}

function typed() {
  const box = at("composer");
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
  at("notice").textContent = "";
  at("write").classList.toggle("ready", box.value.trim() !== "");
  if (takeCommand(box.value)) return;
  const asked = !editing && /^\/[^\n]{0,40}$/.test(box.value) ? box.value.slice(1).toLowerCase() : null;
  if (asked === null) return closeMenu();
  const entries = commandEntries();
  const starts = entries.filter((e) => e.label.startsWith(asked));
  const holds = entries.filter((e) => !e.label.startsWith(asked) && (e.label.includes(asked) || Object.values(e.command.localized ?? {}).some((l) => l.name?.startsWith(asked))));
  menu = [...starts, ...holds];
  active = 0;
  showMenu();
}

// “/quote ahn” typed by hand becomes the command with its first option begun.
function takeCommand(text) {
  if (editing || !text.startsWith("/")) return false;
  const entry = commandEntries().filter((e) => text.toLowerCase().startsWith(`/${e.label} `)).sort((a, b) => b.label.length - a.label.length)[0];
  if (!entry) return false;
  closeMenu();
  at("composer").value = "";
  openSlash(entry, text.slice(entry.label.length + 2));
  return true;
}

function showMenu() {
  const node = at("commands");
  node.hidden = menu.length === 0;
  const bot = called(known.application?.user_id);
  fill(
    node,
    h("div", { class: "popup-head" }, `${bot.name} can`),
    menu.map((entry, i) =>
      h("div", { class: "popup-row", role: "option", id: `command-${i}`, "data-command": entry.label, "aria-selected": String(i === active), onpointerdown: (event) => {
        event.preventDefault();
        take(entry);
      } }, h("span", { class: "popup-name" }, `/${entry.label}`), h("span", { class: "popup-options" }, entry.options.slice(0, 4).map((o) => h("i", {}, o.name))), h("span", { class: "popup-words" }, entry.description))),
  );
  at("composer").setAttribute("aria-activedescendant", `command-${active}`);
}

function closeMenu() {
  menu = [];
  at("commands").hidden = true;
  at("composer").removeAttribute("aria-activedescendant");
}

function take(entry) {
  closeMenu();
  at("composer").value = "";
  setReply(null);
  openSlash(entry);
}

function key(event) {
  if (event.isComposing) return;
  const open = !at("commands").hidden && menu.length > 0;
  if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    active = (active + (event.key === "ArrowDown" ? 1 : -1) + menu.length) % menu.length;
    moveMenu();
  } else if (open && (event.key === "Tab" || event.key === "Enter") && !event.shiftKey) {
    event.preventDefault();
    take(menu[active]);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    void submit();
  } else if (event.key === "Escape") {
    if (open) closeMenu();
    else stop();
  } else if (event.key === "ArrowUp" && !at("composer").value) {
    const mine = (known.messages.get(known.here) ?? []).findLast((m) => m.author_id === known.as && m.content);
    if (!mine) return;
    event.preventDefault();
    setEdit(mine);
  }
}

function moveMenu() {
  const rows = [...at("commands").querySelectorAll(".popup-row")];
  rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
  rows[active]?.scrollIntoView({ block: "nearest" });
  at("composer").setAttribute("aria-activedescendant", `command-${active}`);
}
