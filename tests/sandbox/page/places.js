// Everything around the messages: servers, channels, members, who one is, and what to try.

import { arrange, at, color, face, fill, h, icon, legible, mark, readable as onTint } from "./dom.js";
import { called, channelOf, firstChannel, hereChannel, known, readable, serverOf, unreadOf } from "./state.js";

const GLYPHS = { text: "hash", announcement: "news", forum: "forum", thread: "thread", direct: "at" };
const cache = new Map();

// Rebuilds a part only when what it shows has changed: the focus stays where it is.
function part(id, value, make) {
  const signature = JSON.stringify(value);
  if (cache.get(id) === signature) return;
  cache.set(id, signature);
  make(at(id));
}

/** Servers and channels. `go(channelId)` shows one. */
export function showPlaces(go) {
  const server = serverOf(known.here);
  rail(server, go);
  const channels = server ? server.channels : known.direct;
  const counts = channels.map((c) => known.unread.get(c.id)?.count ?? 0);
  part("server-name", server?.name ?? "Direct messages", (node) => fill(node, server?.name ?? "Direct messages"));
  const note = server ? `${server.members.length} members` : `with ${called(known.application?.user_id).name}`;
  part("server-note", note, (node) => fill(node, note));
  part("channels", [channels, counts, known.here], (node) => {
    const focused = document.activeElement?.dataset?.channel;
    fill(node, tree(channels, go));
    if (focused) node.querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus();
  });
  head();
}

function head() {
  const channel = hereChannel();
  part("room-name", [channel?.name, channel?.kind], (node) => fill(node, channel && icon(GLYPHS[channel.kind] ?? "hash"), channel?.name ?? "Nothing here"));
  part("room-topic", channel?.topic, (node) => fill(node, channel?.topic));
  document.title = channel ? `#${channel.name} · ${serverOf(channel.id)?.name ?? "Sandbox"}` : "Sandbox";
}

function rail(here, go) {
  const entries = known.servers.map((s) => ({ key: s.id, name: s.name, tint: s.color, initials: s.initials, first: s.channels.find(readable)?.id, unread: unreadOf(s.channels), on: s.id === here?.id }));
  const direct = known.direct.length ? { key: "direct", first: known.direct[0].id, unread: unreadOf(known.direct), on: !here && Boolean(known.here) } : null;
  part("rail", [entries, direct], (node) => {
    fill(
      node,
      h("button", { type: "button", class: `rail-item home${direct?.on ? " on" : ""}`, "aria-label": "Direct messages", title: "Direct messages", "aria-current": direct?.on ? "true" : null, disabled: !direct, onclick: () => direct && go(direct.first) }, mark("대사"), badge(direct?.unread)),
      h("span", { class: "rail-line", "aria-hidden": "true" }),
      entries.map((e) => railItem(e, go)),
    );
  });
}

function railItem(entry, go) {
  const tint = color(entry.tint, "#5B2A6F");
  return h(
    "button",
    {
      type: "button",
      class: `rail-item${entry.on ? " on" : ""}${entry.unread ? " unread" : ""}`,
      style: { "--tint": tint, "--on-tint": onTint(tint) },
      "data-server": entry.key,
      "aria-label": entry.name,
      "aria-current": entry.on ? "true" : null,
      title: entry.name,
      onclick: () => entry.first && go(entry.first),
    },
    h("span", { class: "rail-tile" }, entry.initials),
    badge(entry.unread),
  );
}

const badge = (count) => (count ? h("span", { class: "badge-count", "aria-label": `${count} unread` }, count > 99 ? "99+" : String(count)) : null);

function tree(channels, go) {
  const top = channels.filter((c) => c.kind !== "thread" && !channels.some((p) => p.id === c.parent_id));
  const row = (c) => [
    c.kind === "category" ? h("h3", { class: "category" }, c.name) : channelRow(c, go),
    channels.filter((child) => child.parent_id === c.id && !child.archived).map(row),
  ];
  return top.map(row);
}

function channelRow(channel, go) {
  const unread = known.unread.get(channel.id)?.count ?? 0;
  const on = channel.id === known.here;
  return h(
    "button",
    {
      type: "button",
      class: `channel ${channel.kind}${on ? " on" : ""}${unread ? " unread" : ""}`,
      "data-testid": "channel",
      "data-channel": channel.id,
      "data-name": channel.name,
      "aria-current": on ? "page" : null,
      onclick: () => go(channel.id),
    },
    icon(GLYPHS[channel.kind] ?? "hash"),
    h("span", { class: "channel-name" }, channel.kind === "direct" ? called(known.application?.user_id).name : channel.name),
    badge(unread),
  );
}

/** The next or the previous channel that can be read. */
export function neighbour(step) {
  const all = [...at("channels").querySelectorAll("button[data-channel]:not([disabled])")].map((b) => b.dataset.channel);
  const now = all.indexOf(known.here);
  return all.length ? all[(now + step + all.length) % all.length] : firstChannel();
}

/** The members, the bots first. */
export function showMembers() {
  const server = serverOf(known.here);
  const ids = server ? server.members.map((m) => m.user_id) : [known.as, known.application?.user_id].filter(Boolean);
  const people = ids.map((id) => ({ id, ...called(id, server) })).filter((p) => p.user);
  const online = known.application?.online;
  part("member-list", [people, online, known.as], (node) => {
    const bots = people.filter((p) => p.user.bot);
    const others = people.filter((p) => !p.user.bot);
    fill(node, group(online ? "At work" : "Bots", bots), group("People", others));
  });
}

function group(title, people) {
  if (!people.length) return null;
  return [h("h3", { class: "category" }, `${title} — ${people.length}`), h("ul", { class: "people" }, people.map(memberRow))];
}

function memberRow(person) {
  const isApp = person.id === known.application?.user_id;
  const on = isApp ? known.application.online : true;
  const roles = isApp ? (on ? "reading the news" : "not connected") : person.id === known.as ? "that is you" : person.member?.moderator ? "moderator" : "";
  return h(
    "li",
    { class: `member${on ? "" : " away"}`, "data-member": person.id },
    h("span", { class: "member-face" }, face(person.user), h("span", { class: `dot ${on ? "on" : "off"}`, title: on ? "online" : "offline" })),
    h("span", { class: "member-words" },
      h("span", { class: "member-name", style: { "--name": legible(person.color) } }, h("span", { class: "cut" }, person.name), person.user.bot && h("span", { class: "badge" }, "BOT")),
      roles && h("span", { class: "member-note" }, roles)),
  );
}

/** Who one is. `be(userId)` changes it. */
export function showMe(be) {
  const me = called(known.as);
  const people = known.people.map((id) => ({ id, ...called(id) }));
  part("me-face", me.user, (node) => fill(node, face(me.user)));
  part("me-name", [me.name, me.color], (node) => fill(node, me.name));
  part("person", [people.map((p) => [p.id, p.name]), known.as], (node) => {
    fill(node, people.map((p) => h("option", { value: p.id, selected: p.id === known.as }, p.name)));
    node.value = known.as;
  });
  const faces = people.slice(0, 8);
  part("faces", [faces, known.as], (node) => {
    const inside = node.contains(document.activeElement);
    arrange(node, faces.map((p) => faceButton(p, be)));
    if (inside) node.querySelector('[aria-pressed="true"]')?.focus();
  });
}

function faceButton(person, be) {
  const on = person.id === known.as;
  return h("button", { type: "button", class: `face-button${on ? " on" : ""}`, "data-person": person.id, "aria-pressed": String(on), "aria-label": `Be ${person.name}`, title: `Be ${person.name}`, onclick: () => be(person.id) }, face(person.user));
}

/** What can be tried here. `try_(tip)` does it. */
export function showTips(tryIt) {
  const tips = known.tips.length ? known.tips : ownTips();
  part("tips", tips, (node) => {
    node.hidden = tips.length === 0;
    fill(node, h("h3", {}, "Try this"), h("ul", {}, tips.slice(0, 5).map((tip) => h("li", {}, tipNode(tip, tryIt)))));
  });
}

function tipNode(tip, tryIt) {
  const words = [h("b", {}, tip.title), tip.text && h("span", {}, tip.text), tip.say && h("code", {}, tip.say), tip.slash && h("code", {}, `/${tip.slash}`)];
  if (!tip.say && !tip.slash) return h("div", { class: "tip" }, words);
  return h("button", { type: "button", class: "tip", onclick: () => tryIt(tip) }, words);
}

function ownTips() {
  const has = (name) => known.commands.some((c) => c.name === name);
  const tips = [{ title: "Vote", text: "Click a reaction. Then be somebody else and vote again." }];
  if (has("quote")) tips.push({ title: "Ask for a line", slash: "quote" });
  else if (known.commands.length) tips.push({ title: "Use a command", slash: known.commands[0].name });
  return tips;
}

/** Whether a channel still exists; else another one to show. */
export const stillHere = (id) => (id && channelOf(id) && readable(channelOf(id)) ? id : firstChannel());
