// A forum: its posts as cards, the ones with the newest words first.

import { h, icon } from "./dom.js";
import { picture } from "./embed.js";
import { inlineMarkdown, markdown } from "./markdown.js";
import { names } from "./message.js";
import { called, known, order, serverOf } from "./state.js";
import { stamp, timeNode } from "./time.js";

/** The cards of a forum's posts. */
export function postsOf(forum) {
  const threads = serverOf(forum.id)?.channels.filter((c) => c.parent_id === forum.id) ?? [];
  const posts = threads.map((thread) => ({ thread, messages: known.messages.get(thread.id) ?? [] }));
  const newest = ({ thread, messages }) => messages.at(-1)?.id ?? thread.id;
  posts.sort((a, b) => order(newest(b), newest(a)));
  return posts.length ? posts.map(card) : [h("p", { class: "faint no-posts" }, "There is no post yet.")];
}

function card({ thread, messages }) {
  // A post's first message has the number of its thread.
  const first = messages.find((m) => m.id === thread.id) ?? messages[0];
  const embed = first?.embeds?.[0];
  const words = embed?.description ?? first?.content ?? "";
  return h(
    "button",
    { type: "button", class: "post", "data-testid": "post", "data-channel": thread.id, onclick: () => names.go(thread.id) },
    h(
      "div",
      { class: "post-words" },
      thread.tags?.length > 0 && h("div", { class: "post-tags" }, thread.tags.map((tag) => h("span", { class: "post-tag" }, tag))),
      h("h4", { class: "post-name" }, inlineMarkdown(thread.name, { ...names, noLinks: true })),
      h("div", { class: "post-text" }, markdown(words.split("\n\n")[0], { ...names, noLinks: true })),
      foot(thread, first, messages),
    ),
    embed?.image && picture(embed.image.url, "post-picture"),
  );
}

function foot(thread, first, messages) {
  const felt = (first?.reactions ?? []).filter((r) => r.count > 0).slice(0, 5);
  const more = messages.length - 1;
  return h(
    "div",
    { class: "post-foot" },
    felt.map((r) => h("span", { class: "post-felt" }, h("span", { class: "emoji" }, r.id ? `:${r.name}:` : r.name), ` ${r.count}`)),
    h("span", {}, icon("thread"), more > 0 ? `${more} more` : "no answer yet"),
    first && h("span", {}, called(first.author_id).name),
    first && timeNode(first.time, stamp(first.time)),
    thread.archived && h("span", {}, "archived"),
  );
}
