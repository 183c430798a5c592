// What the page knows. One object, changed by `load` and `apply` alone; the parts that show it are told by name.

const KEEP = 400;

/** Everything known. Ids are strings. */
export const known = {
  as: null,
  seq: 0,
  application: null,
  people: [],
  users: new Map(),
  servers: [],
  direct: [],
  messages: new Map(),
  commands: [],
  menus: [],
  tips: [],
  interactions: new Map(),
  here: null,
  unread: new Map(),
  newFrom: null,
};

/** Order of snowflakes. */
export const order = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** Takes the whole state, as `GET /page/state` gives it. */
export function load(state) {
  known.as = state.as;
  known.seq = state.seq ?? 0;
  known.application = state.application ?? null;
  known.people = state.people ?? [];
  known.users = new Map(Object.entries(state.users ?? {}));
  known.servers = state.servers ?? [];
  known.direct = state.direct ?? [];
  known.messages = new Map(Object.entries(state.messages ?? {}));
  known.commands = state.commands ?? [];
  known.menus = state.menus ?? [];
  known.tips = state.tips ?? [];
  known.interactions = new Map((state.interactions ?? []).map((i) => [i.id, i]));
}

/** Takes one event. Returns the names of what changed: `messages`, `places`, `people`, `commands`, `pending`, `none`. */
export function apply(name, data) {
  switch (name) {
    case "message":
      return message(data);
    case "message_gone":
      return gone(data);
    case "channel":
      return channel(data);
    case "channel_gone":
      return channelGone(data.id);
    case "server":
      upsert(known.servers, data);
      return ["places", "people", "messages"];
    case "server_gone":
      known.servers = known.servers.filter((s) => s.id !== data.id);
      return ["places", "people"];
    case "user":
      known.users.set(data.id, data);
      return ["people", "places", "messages"];
    case "commands":
      known.commands = data.commands ?? [];
      known.menus = data.menus ?? [];
      return ["commands", "messages"];
    case "bot":
      if (known.application) known.application.online = Boolean(data.online);
      return ["people"];
    case "interaction":
      known.interactions.set(data.id, data);
      return ["pending", "messages"];
    default:
      return [];
  }
}

function message(data) {
  const list = known.messages.get(data.channel_id) ?? [];
  const at = list.findIndex((m) => m.id === data.id);
  if (at >= 0) list[at] = data;
  else if (list.length && order(data.id, list[0].id) < 0) return [];
  else {
    let place = list.length;
    while (place > 0 && order(list[place - 1].id, data.id) > 0) place -= 1;
    list.splice(place, 0, data);
    if (list.length > KEEP && data.channel_id !== known.here) list.splice(0, list.length - KEEP);
    countUnread(data);
  }
  known.messages.set(data.channel_id, list);
  return ["messages", "pending", ...(at < 0 ? ["places"] : [])];
}

function countUnread(data) {
  if (data.author_id === known.as || data.ephemeral) return;
  if (data.channel_id === known.here && document.visibilityState === "visible") return;
  const before = known.unread.get(data.channel_id);
  known.unread.set(data.channel_id, { from: before?.from ?? data.id, count: (before?.count ?? 0) + 1 });
}

function gone(data) {
  const list = known.messages.get(data.channel_id);
  if (!list) return [];
  known.messages.set(data.channel_id, list.filter((m) => m.id !== data.id));
  return ["messages"];
}

function channel(data) {
  const list = data.server_id ? known.servers.find((s) => s.id === data.server_id)?.channels : known.direct;
  if (!list) return [];
  upsert(list, data);
  return ["places", "messages"];
}

function channelGone(id) {
  for (const server of known.servers) server.channels = server.channels.filter((c) => c.id !== id);
  known.direct = known.direct.filter((c) => c.id !== id);
  known.messages.delete(id);
  return ["places"];
}

function upsert(list, item) {
  const at = list.findIndex((x) => x.id === item.id);
  if (at >= 0) list[at] = item;
  else list.push(item);
}

/** A channel by id, or undefined. */
export function channelOf(id) {
  for (const server of known.servers) {
    const found = server.channels.find((c) => c.id === id);
    if (found) return found;
  }
  return known.direct.find((c) => c.id === id);
}

/** The server of a channel, or undefined (direct messages). */
export const serverOf = (channelId) => known.servers.find((s) => s.channels.some((c) => c.id === channelId));

/** The channel that is shown. */
export const hereChannel = () => channelOf(known.here);

/** Everybody one meets first: the first channel with something to read, else the first one. */
export function firstChannel() {
  const all = [...known.servers.flatMap((s) => s.channels), ...known.direct].filter((c) => readable(c) && c.kind !== "forum");
  return (all.find((c) => known.messages.get(c.id)?.length) ?? all[0])?.id ?? null;
}

/** Channels that can be shown: all but the headings. */
export const readable = (channel) => channel.kind !== "category";

/** Marks a channel as shown: its unread count goes, the line “New” stays until the next visit. */
export function enter(id) {
  known.here = id;
  known.newFrom = known.unread.get(id)?.from ?? null;
  known.unread.delete(id);
}

/** How a person is called here, and in which colour. */
export function called(userId, server = serverOf(known.here)) {
  const user = known.users.get(userId);
  const member = server?.members.find((m) => m.user_id === userId);
  const roles = server?.roles.filter((r) => member?.roles.includes(r.id) && r.color) ?? [];
  roles.sort((a, b) => b.position - a.position);
  return {
    user,
    member,
    name: member?.nick ?? user?.display_name ?? user?.name ?? "Somebody",
    color: roles[0]?.color ?? user?.color ?? null,
  };
}

/** Whether one may delete others' messages here. */
export const moderator = () => Boolean(called(known.as).member?.moderator);

/** Unread messages of a whole server. */
export const unreadOf = (channels) => channels.reduce((sum, c) => sum + (known.unread.get(c.id)?.count ?? 0), 0);
