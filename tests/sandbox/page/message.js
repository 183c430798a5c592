// One message as a node that can be told its new state: every part of it is rebuilt only when it changed, so
// that a reaction does not blink, the focus stays, and a picture is not loaded twice.

import { arrange, face, fill, h, icon, legible } from "./dom.js";
import { embedNode, filesNode, rowsNode } from "./embed.js";
import { QUICK } from "./emoji.js";
import { markdown } from "./markdown.js";
import { called, channelOf, known, moderator } from "./state.js";
import { clock, stamp, timeNode } from "./time.js";

/** How mentions are resolved. `go(channelId)` is set by the page. */
export const names = {
  go: () => {},
  user: (id) => (known.users.has(id) ? mention(`@${called(id).name}`, id === known.as) : null),
  role: (id) => {
    const role = known.servers.flatMap((s) => s.roles).find((r) => r.id === id);
    return role ? mention(`@${role.name}`, false) : null;
  },
  channel: (id) => {
    const found = channelOf(id);
    if (!found) return h("span", { class: "mention" }, "#unknown");
    return h("a", { class: "mention", role: "link", tabindex: "0", onclick: () => names.go(id), onkeydown: (e) => e.key === "Enter" && names.go(id) }, `#${found.name}`);
  },
};

const mention = (text, me) => h("span", { class: `mention${me ? " mine" : ""}` }, text);

const SLOTS = ["before", "head", "body", "embeds", "files", "buttons", "reactions", "after"];

/** A message's node and `update(message, grouped)`. `acts`: what its buttons do. */
export function messageView(id, acts) {
  const slot = Object.fromEntries(SLOTS.map((name) => [name, h("div", { class: `m-${name}` })]));
  const gutter = h("div", { class: "m-gutter" });
  const tools = h("div", { class: "tools", role: "toolbar", "aria-label": "Message" });
  const node = h("article", { class: "message", "data-message": id, "data-message-id": id, "data-testid": "message", tabindex: "-1" }, slot.before, gutter, h("div", { class: "m-main" }, slot.head, slot.body, slot.embeds, slot.files, slot.buttons, slot.reactions, slot.after), tools);
  const seen = {};
  const part = (name, value, make) => {
    const signature = JSON.stringify(value);
    if (seen[name] === signature) return;
    seen[name] = signature;
    make();
  };
  const update = (message, grouped, pressed) => {
    const who = called(message.author_id);
    node.classList.toggle("grouped", grouped);
    node.classList.toggle("ephemeral", Boolean(message.ephemeral));
    node.classList.toggle("mentions-me", mentionsMe(message));
    node.classList.toggle("system", message.kind === "system");
    node.setAttribute("aria-label", `${who.name}, ${stamp(message.time)}`);
    part("before", [message.reply_to, message.command, replier(message)], () => fill(slot.before, before(message, acts)));
    part("gutter", [grouped, message.time, who.user, message.kind], () => fill(gutter, gutterOf(message, who, grouped)));
    part("head", [grouped, who, message.time, message.kind], () => fill(slot.head, grouped || message.kind === "system" ? null : head(message, who)));
    part("body", [message.content, message.thinking, message.edited, message.kind, who.name], () => fill(slot.body, body(message, who)));
    part("embeds", [message.suppress_embeds, message.embeds], () => fill(slot.embeds, message.suppress_embeds ? null : (message.embeds ?? []).map((e) => embedNode(e, names))));
    part("files", message.attachments, () => fill(slot.files, filesNode(message.attachments ?? [])));
    part("buttons", [message.components, pressed], () => fill(slot.buttons, buttons(message, pressed, acts)));
    reactions(slot.reactions, message, acts);
    part("after", [message.thread, message.ephemeral], () => fill(slot.after, after(message, acts)));
    part("tools", toolsFor(message), () => fill(tools, toolbar(message, acts)));
  };
  return { node, update };
}

const mentionsMe = ({ content }) => [`<@${known.as}>`, `<@!${known.as}>`].some((me) => content?.includes(me));

const replier = (message) => called(message.reply_to?.author_id ?? message.command?.user_id ?? "").name;

function before(message, acts) {
  if (message.command) {
    const who = called(message.command.user_id);
    return h("div", { class: "reply-line" }, h("span", { class: "reply-hook", "aria-hidden": "true" }), face(who.user, "tiny"), h("b", {}, who.name), " used ", h("span", { class: "mention" }, `/${message.command.name}`));
  }
  if (!message.reply_to) return null;
  const { id, author_id: author, content } = message.reply_to;
  const who = called(author ?? "");
  const words = author ? [face(who.user, "tiny"), h("b", {}, who.name), h("span", { class: "reply-words" }, content || "a card")] : [h("i", {}, "The original message is gone")];
  return h("div", { class: "reply-line" }, h("span", { class: "reply-hook", "aria-hidden": "true" }), author ? h("button", { type: "button", class: "reply-jump", onclick: () => acts.jump(id) }, words) : words);
}

function gutterOf(message, who, grouped) {
  if (message.kind === "system") return h("span", { class: "system-mark", "aria-hidden": "true" }, "→");
  return grouped ? timeNode(message.time, clock(message.time), "gutter-time") : face(who.user);
}

function head(message, who) {
  return [
    h("span", { class: "author", style: { "--name": legible(who.color) } }, who.name),
    who.user?.bot && h("span", { class: "badge" }, "BOT"),
    timeNode(message.time, stamp(message.time), "when"),
  ];
}

function body(message, who) {
  if (message.thinking) return h("div", { class: "thinking" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), `${who.name} is thinking…`);
  const edited = message.edited && h("span", { class: "edited", title: stamp(message.edited) }, " (edited)");
  if (message.kind === "system") return [h("b", {}, who.name), " ", markdown(message.content, names), timeNode(message.time, stamp(message.time), "when")];
  const nodes = markdown(message.content, names);
  const only = /^\p{Extended_Pictographic}[\p{Extended_Pictographic}\u200d\ufe0f\s]{0,40}$/u.test(message.content ?? "");
  if (!message.content) return edited && message.embeds?.length === 0 ? edited : null;
  return h("div", { class: `words${only ? " jumbo" : ""}` }, nodes, edited);
}

function buttons(message, pressed, acts) {
  const busy = pressed?.state === "waiting" ? pressed.custom_id : null;
  const failed = pressed?.state === "failed" && h("p", { class: "failed" }, "This interaction failed");
  return [rowsNode(message.components ?? [], (id, values) => acts.press(message, id, values), busy), failed];
}

function after(message, acts) {
  return [
    message.thread && h("button", { type: "button", class: "thread-link", onclick: () => names.go(message.thread.id) }, icon("thread"), h("b", {}, message.thread.name), h("span", { class: "faint" }, `${message.thread.messages} messages`)),
    message.ephemeral && h("p", { class: "only-you" }, icon("eye"), "Only you can see this · ", h("button", { type: "button", class: "as-link", onclick: () => acts.dismiss(message) }, "Dismiss")),
  ];
}

// Pills are kept by emoji: a count that changes moves in place.
function reactions(box, message, acts) {
  const old = new Map([...box.querySelectorAll("button[data-emoji]")].map((b) => [b.dataset.emoji, b]));
  const wanted = (message.reactions ?? []).map((reaction) => {
    const pill = old.get(reaction.emoji) ?? newPill(reaction, message, acts);
    showPill(pill, reaction);
    return pill;
  });
  const can = channelOf(message.channel_id)?.can_react && !message.ephemeral;
  if (wanted.length && can) wanted.push(box.querySelector(".add-reaction") ?? addButton(message, acts));
  arrange(box, wanted);
}

function newPill(reaction, message, acts) {
  const pill = h("button", { type: "button", class: "reaction", "data-testid": "reaction", "data-emoji": reaction.emoji }, h("span", { class: "emoji" }, reaction.id ? `:${reaction.name}:` : reaction.name), h("span", { class: "count" }));
  pill.addEventListener("click", () => acts.react(message, reaction.emoji, pill.dataset.me !== "true", false));
  pill.classList.add("fresh");
  return pill;
}

function showPill(pill, reaction) {
  const before = Number(pill.dataset.count ?? reaction.count);
  pill.dataset.me = String(Boolean(reaction.me));
  pill.dataset.count = String(reaction.count);
  pill.setAttribute("aria-pressed", String(Boolean(reaction.me)));
  pill.classList.toggle("burst", reaction.burst > 0);
  const people = (reaction.users ?? []).map((id) => called(id).name);
  const listed = people.slice(0, 8).join(", ") + (people.length > 8 ? ` and ${people.length - 8} more` : "");
  pill.title = listed;
  pill.setAttribute("aria-label", `${reaction.name}, ${reaction.count}${reaction.me ? ", yours" : ""}. ${listed}`);
  pill.lastElementChild.textContent = String(reaction.count);
  if (before !== reaction.count) {
    pill.classList.remove("up", "down");
    void pill.offsetWidth; // starts the animation again
    pill.classList.add(reaction.count > before ? "up" : "down");
  }
}

function addButton(message, acts) {
  const button = h("button", { type: "button", class: "reaction add-reaction", "aria-label": "Add a reaction", title: "Add a reaction" }, icon("smile"));
  button.addEventListener("click", () => acts.pick(button, message));
  return button;
}

function toolsFor(message) {
  const channel = channelOf(message.channel_id);
  const mine = message.author_id === known.as;
  return {
    react: Boolean(channel?.can_react) && !message.ephemeral && !message.thinking,
    reply: Boolean(channel?.can_send) && !message.ephemeral && message.kind !== "system",
    edit: mine && message.kind !== "system",
    remove: !message.ephemeral && (mine || moderator()),
    clear: moderator() && message.reactions?.length > 0,
    apps: message.thinking || message.kind === "system" ? [] : known.menus,
    mine: (message.reactions ?? []).filter((r) => r.me).map((r) => r.emoji),
  };
}

function toolbar(message, acts) {
  const can = toolsFor(message);
  const tool = (name, label, act) => h("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick: (event) => act(event.currentTarget) }, icon(name));
  const quick = QUICK.map((emoji) => h("button", { type: "button", class: "tool quick", "aria-label": `React with ${emoji}`, onclick: () => acts.react(message, emoji, !can.mine.includes(emoji), false) }, emoji));
  return [
    can.react && quick,
    can.react && tool("smile", "Add a reaction", (button) => acts.pick(button, message)),
    can.reply && tool("reply", "Reply", () => acts.reply(message)),
    can.apps.map((name) => h("button", { type: "button", class: "tool app", "data-app": name, title: name, onclick: () => acts.apps(message, name) }, icon("menu"), name)),
    can.edit && tool("edit", "Edit", () => acts.edit(message)),
    can.clear && tool("sweep", "Clear all reactions", () => acts.clear(message)),
    can.remove && tool("bin", "Delete", () => acts.remove(message)),
  ];
}
