// The sandbox's page: loads what there is, listens to what changes, and hands both to the parts that show it.

import { at, fill, icon } from "./dom.js";
import { closePicker, openPicker, watchPicker } from "./emoji.js";
import { fillCommand, fillComposer, resetComposer, setEdit, setReply, showComposer, startComposer } from "./composer.js";
import { filling } from "./slash.js";
import { names } from "./message.js";
import { neighbour, showMe, showMembers, showPlaces, showTips, stillHere } from "./places.js";
import { apply, called, channelOf, enter, known, load } from "./state.js";
import { reachedStart, showPending, showTimeline, startTimeline } from "./timeline.js";
import { get, listen, post } from "./wire.js";

const PAGE = 50;
const RETRY_MS = 2_000;
const NOTICE_MS = 7_000;

let stop = () => {};
let due = new Set();
let loading = 0;
let noticeTimer = 0;

async function begin(as) {
  loading += 1;
  delete document.body.dataset.ready;
  const mine = loading;
  stop();
  try {
    const state = await get("/page/state", { as });
    if (mine !== loading) return;
    load(state);
  } catch (error) {
    complain(error);
    setTimeout(() => mine === loading && begin(as), RETRY_MS);
    return;
  }
  enter(stillHere(location.hash.slice(1) || known.here));
  showAll();
  stop = listen(known.as, known.seq, heard, line);
}

function heard(name, data) {
  if (name === "reset") return void begin(known.as);
  const wasThere = name === "message" && known.messages.get(data.channel_id)?.some((m) => m.id === data.id);
  for (const part of apply(name, data)) due.add(part);
  if (name === "channel_gone" || name === "server_gone") leaveIfGone();
  if (name === "message" && !wasThere) tell(data);
  schedule();
}

// Many events in one go are shown once.
let scheduled = false;
function schedule() {
  if (scheduled) return;
  scheduled = true;
  const show = () => {
    if (!scheduled) return;
    scheduled = false;
    showDue();
  };
  requestAnimationFrame(show);
  setTimeout(show, 60); // a hidden tab has no frames
}

function showDue() {
  const parts = due;
  due = new Set();
  if (parts.has("messages")) showTimeline();
  if (parts.has("pending")) showPending(dismissPending);
  if (parts.has("places")) showPlaces(go);
  if (parts.has("people")) {
    showMembers();
    showMe(become);
  }
  if (parts.has("people") || parts.has("places") || parts.has("commands")) showComposer();
  if (parts.has("commands")) showTips(tryIt);
}

function showAll() {
  due = new Set(["messages", "pending", "places", "people", "commands"]);
  showDue();
}

function line(up) {
  const node = at("line");
  fill(node, up ? "" : "Connecting…");
  if (up) document.body.dataset.ready = "1";
  else delete document.body.dataset.ready;
}

// Says to a screen reader what somebody else wrote here.
function tell(message) {
  if (message.channel_id !== known.here || message.author_id === known.as) return;
  const words = message.content || message.embeds?.[0]?.title || "a card";
  at("said").textContent = `${called(message.author_id).name}: ${words.slice(0, 200)}`;
}

function leaveIfGone() {
  const next = stillHere(known.here);
  if (next !== known.here) go(next);
}

function go(id) {
  if (!id || !channelOf(id)) return;
  resetComposer();
  closePicker();
  closeDrawers();
  enter(id);
  history.replaceState(null, "", `#${id}`);
  showAll();
  if (!matchMedia("(pointer: coarse)").matches) at("composer").focus({ preventScroll: true });
}

function become(id) {
  if (id === known.as) return;
  resetComposer();
  void begin(id);
}

function complain(error) {
  at("notice").textContent = error.message;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => (at("notice").textContent = ""), NOTICE_MS);
}

async function act(path, body) {
  try {
    return await post(path, { as: known.as, ...body });
  } catch (error) {
    complain(error);
    return null;
  }
}

const on = (message) => ({ channel_id: message.channel_id, message_id: message.id });

const acts = {
  react: (message, emoji, want, burst) => act("/page/react", { ...on(message), emoji, on: want, burst }),
  pick: (button, message) => openPicker(button, (emoji, burst) => acts.react(message, emoji, true, burst)),
  press: async (message, customId, values) => {
    const answer = await act("/page/press", { ...on(message), custom_id: customId, ...(values ? { values } : {}) });
    took(answer?.interaction);
  },
  apps: async (message, command) => {
    const answer = await act("/page/apps", { ...on(message), command });
    took(answer?.interaction);
  },
  reply: setReply,
  edit: setEdit,
  remove: (message) => act("/page/delete", on(message)),
  clear: (message) => act("/page/clear", { ...on(message), emoji: null }),
  dismiss: (message) => act("/page/dismiss", { message_id: message.id }),
};

// The answer to the call and the event can overtake each other: what is known to be further on stays.
function took(interaction) {
  if (!interaction || known.interactions.has(interaction.id)) return;
  for (const part of apply("interaction", interaction)) due.add(part);
  schedule();
}

function dismissPending(id) {
  known.interactions.delete(id);
  due.add("pending");
  schedule();
}

async function older(channelId) {
  const list = known.messages.get(channelId) ?? [];
  if (!list.length) return;
  try {
    const found = await get(`/page/channels/${encodeURIComponent(channelId)}/messages`, { as: known.as, before: list[0].id, limit: PAGE });
    if (!found.more) reachedStart(channelId);
    const have = new Set(list.map((m) => m.id));
    known.messages.set(channelId, [...found.messages.filter((m) => !have.has(m.id)), ...(known.messages.get(channelId) ?? [])]);
    showTimeline();
  } catch (error) {
    complain(error);
  }
}

function tryIt(tip) {
  closeDrawers();
  if (tip.slash && fillCommand(tip.slash)) return;
  if (tip.say) fillComposer(tip.say);
}

function drawer(name, open) {
  document.body.classList.toggle(`show-${name}`, open);
  at(`open-${name}`).setAttribute("aria-expanded", String(open));
  at("veil").hidden = !document.body.matches(".show-places, .show-members.narrow");
}

function closeDrawers() {
  drawer("places", false);
  if (document.body.classList.contains("narrow")) drawer("members", false);
}

function wireFrame() {
  fill(at("open-places"), icon("menu"));
  fill(at("open-members"), icon("people"));
  fill(at("open-about"), icon("ask"));
  fill(at("send"), icon("send"));
  fill(document.querySelector(".me-chevron"), icon("chevron"));
  fill(at("close-about"), icon("close"));
  at("open-places").addEventListener("click", () => drawer("places", !document.body.classList.contains("show-places")));
  at("open-members").addEventListener("click", () => drawer("members", !document.body.classList.contains("show-members")));
  at("veil").addEventListener("click", closeDrawers);
  at("open-about").addEventListener("click", () => at("about").showModal());
  at("close-about").addEventListener("click", () => at("about").close());
  at("about").addEventListener("click", (event) => event.target === at("about") && at("about").close());
  at("person").addEventListener("change", (event) => become(event.target.value));
  const narrow = matchMedia("(max-width: 1080px)");
  const fit = () => {
    document.body.classList.toggle("narrow", narrow.matches);
    drawer("members", !narrow.matches);
    drawer("places", false);
  };
  narrow.addEventListener("change", fit);
  fit();
}

function wireKeys() {
  addEventListener("keydown", (event) => {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      go(neighbour(event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") {
      closePicker(true);
      closeDrawers();
    } else if (startsWriting(event)) {
      at("composer").focus();
    }
  });
  addEventListener("hashchange", () => go(location.hash.slice(1)));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || !known.unread.has(known.here)) return;
    enter(known.here);
    showAll();
  });
}

// A letter typed while nothing that takes letters has the focus goes to the box.
function startsWriting(event) {
  const plain = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  const taken = event.target.closest?.("input, textarea, select, dialog, .picker");
  return plain && !taken && !filling() && !at("about").open;
}

names.go = go;
wireFrame();
wireKeys();
watchPicker();
startTimeline(acts, older);
startComposer(complain, took);
void begin(null);
