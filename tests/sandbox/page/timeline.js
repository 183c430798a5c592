// The list of messages of the channel that is shown: order, groups, days, the line “New”, and where one has scrolled to.

import { arrange, at, fill, h, icon } from "./dom.js";
import { messageView } from "./message.js";
import { postsOf } from "./posts.js";
import { called, hereChannel, known } from "./state.js";
import { day } from "./time.js";

const GROUP_MS = 7 * 60 * 1000;
const NEAR_PX = 80;

let views = new Map();
let lines = new Map();
let shown = null;
let pinned = true;
let missed = 0;
let acts = null;
let ends = new Map();

/** Sets what the messages' buttons do, and watches the scrolling. `older(channelId)` loads earlier ones. */
export function startTimeline(buttons, older) {
  acts = { ...buttons, jump };
  const scroll = at("scroll");
  scroll.addEventListener("scroll", () => {
    pinned = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_PX;
    if (pinned) missed = 0;
    showJump();
  }, { passive: true });
  const follow = new ResizeObserver(() => pinned && toEnd());
  for (const id of ["list", "pending", "scroll"]) follow.observe(at(id));
  at("jump").addEventListener("click", () => {
    toEnd();
    at("composer").focus();
  });
  at("older").firstElementChild.addEventListener("click", () => older(known.here));
}

function toEnd() {
  const scroll = at("scroll");
  scroll.scrollTop = scroll.scrollHeight;
  pinned = true;
  missed = 0;
  showJump();
}

function showJump() {
  const jump = at("jump");
  jump.hidden = pinned || hereChannel()?.kind === "forum";
  const text = missed ? `${missed} new ${missed === 1 ? "message" : "messages"}` : "To the newest";
  if (jump.textContent !== text) fill(jump, text, icon("down"));
}

/** Brings the list up to date; a change of channel builds it anew. */
export function showTimeline() {
  if (shown !== known.here) {
    shown = known.here;
    views = new Map();
    lines = new Map();
    pinned = true;
    missed = 0;
    at("list").replaceChildren();
    document.querySelector(".room").classList.toggle("forum", hereChannel()?.kind === "forum");
    showWelcome();
  }
  if (hereChannel()?.kind === "forum") return showPosts();
  const messages = known.messages.get(known.here) ?? [];
  const before = views.size;
  const wanted = nodesOf(messages);
  const top = at("scroll").scrollHeight - at("scroll").scrollTop;
  const first = at("list").querySelector("article");
  const prepended = first && wanted.includes(first) && messages.length && messages[0].id !== first.dataset.message;
  arrange(at("list"), wanted);
  at("older").hidden = ends.get(known.here) === true || messages.length < 50;
  if (pinned) toEnd();
  else if (prepended) at("scroll").scrollTop = at("scroll").scrollHeight - top;
  else missed += Math.max(0, views.size - before);
  showJump();
}

// A forum is read from its top, and is short: its cards are made anew.
function showPosts() {
  if (pinned) at("scroll").scrollTop = 0;
  pinned = false;
  fill(at("list"), postsOf(hereChannel()));
  at("older").hidden = true;
  showJump();
}

/** Remembers that nothing is earlier than what is shown. */
export const reachedStart = (channelId) => ends.set(channelId, true);

function nodesOf(messages) {
  const wanted = [];
  const used = new Set();
  let previous = null;
  for (const message of messages) {
    const today = day(message.time);
    const isNewDay = !previous || day(previous.time).key !== today.key;
    const isNewLine = message.id === known.newFrom;
    if (isNewDay) wanted.push(line(`day-${today.key}`, today.name, "day"));
    if (isNewLine) wanted.push(line("new", "New", "new"));
    wanted.push(nodeOf(message, !isNewDay && !isNewLine && together(previous, message)));
    used.add(message.id);
    previous = message;
  }
  for (const id of views.keys()) if (!used.has(id)) views.delete(id);
  return wanted;
}

function nodeOf(message, grouped) {
  let view = views.get(message.id);
  if (!view) {
    view = messageView(message.id, byId(message.id));
    if (views.size && pinned) view.node.classList.add("arrives");
    views.set(message.id, view);
  }
  view.update(message, grouped, pressedOn(message.id));
  return view.node;
}

// A message's buttons act on what it is now, not on what it was when they were made.
function byId(id) {
  const now = (message) => known.messages.get(known.here)?.find((m) => m.id === id) ?? message;
  return {
    ...acts,
    react: (message, emoji, on, burst) => acts.react(now(message), emoji, on, burst),
    pick: (button, message) => acts.pick(button, now(message)),
    reply: (message) => acts.reply(now(message)),
    edit: (message) => acts.edit(now(message)),
  };
}

function pressedOn(messageId) {
  let last = null;
  for (const i of known.interactions.values()) if (i.message_id === messageId && i.user_id === known.as && (!last || i.time >= last.time)) last = i;
  return last && (last.state === "waiting" || last.state === "failed") ? { state: last.state, custom_id: last.custom_id } : null;
}

function together(a, b) {
  if (!a || a.author_id !== b.author_id || a.kind === "system" || b.kind === "system") return false;
  if (b.reply_to || b.command || Boolean(a.ephemeral) !== Boolean(b.ephemeral)) return false;
  if (a.embeds?.length && b.embeds?.length) return false;
  return new Date(b.time) - new Date(a.time) < GROUP_MS;
}

function line(key, text, className) {
  let node = lines.get(key);
  if (!node) {
    node = h("div", { class: `divider ${className}`, role: "separator", "aria-label": text }, h("span", {}, text));
    lines.set(key, node);
  }
  return node;
}

function showWelcome() {
  const channel = hereChannel();
  if (!channel) return void fill(at("welcome"), h("p", { class: "faint" }, "There is nothing here that you may read."));
  const direct = channel.kind === "direct";
  fill(
    at("welcome"),
    h("span", { class: "welcome-mark", lang: "ko", "aria-hidden": "true" }, "대사"),
    h("h3", {}, direct ? channel.name : `#${channel.name}`),
    h("p", {}, channel.topic || (channel.kind === "forum" ? "Every story has a post of its own here." : direct ? "Only the two of you read this." : "This is where the channel begins.")),
  );
}

/** Commands that were sent and not answered yet, or failed. `dismiss(id)` takes a failed one away. */
export function showPending(dismiss) {
  const open = [...known.interactions.values()].filter(
    (i) => i.kind === "command" && i.user_id === known.as && i.channel_id === known.here && (i.state === "waiting" || i.state === "failed"),
  );
  const bot = known.application?.user_id;
  fill(at("pending"), open.map((i) => pendingNode(i, called(bot).name, dismiss)));
}

function pendingNode(interaction, bot, dismiss) {
  const failed = interaction.state === "failed";
  return h(
    "article",
    { class: `message pending${failed ? " is-failed" : ""}`, "data-interaction": interaction.id },
    h("div", { class: "m-main" },
      h("div", { class: "reply-line" }, h("b", {}, called(known.as).name), " used ", h("span", { class: "mention" }, `/${interaction.command}`)),
      failed
        ? h("p", { class: "failed" }, "The application did not respond", " · ", h("button", { type: "button", class: "as-link", onclick: () => dismiss(interaction.id) }, "Dismiss"))
        : h("div", { class: "thinking" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), `Sent to ${bot}…`)),
  );
}

function jump(id) {
  const node = views.get(id)?.node;
  if (!node) return;
  node.scrollIntoView({ block: "center", behavior: "smooth" });
  node.classList.remove("flash");
  void node.offsetWidth; // starts the animation again
  node.classList.add("flash");
}
