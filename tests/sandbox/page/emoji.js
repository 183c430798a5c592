// The picker of reactions: the common dozen, a few more, and a switch for super reactions.

import { at, fill, h } from "./dom.js";

const FEELINGS = ["❤️", "😂", "😮", "😭", "😡", "👍", "🎉", "🔥", "😍", "🥺", "🤣", "👏"];
const MORE = ["🥰", "🤯", "💕", "😢", "😆", "😲", "😠", "🙏", "🌸", "🍑", "☕", "🍜", "🎬", "📺", "💜", "✨", "👀", "🙈", "🫶", "💔", "🥹", "😴", "🤔", "💯"];

/** The ones a message's menu offers at once. */
export const QUICK = ["❤️", "😂", "😭"];

const MARGIN = 8;
let chosen = null;
let opener = null;

/** Opens the picker beside a button; `choose(emoji, burst)` is called once. */
export function openPicker(button, choose) {
  const box = at("picker");
  chosen = choose;
  opener = button;
  const burst = h("input", { type: "checkbox" });
  const pick = (emoji) => {
    const call = chosen;
    closePicker(true);
    call?.(emoji, burst.checked);
  };
  const key = (emoji) => h("button", { type: "button", class: "pick", "aria-label": emoji, "data-pick": emoji, onclick: () => pick(emoji) }, emoji);
  fill(
    box,
    h("div", { class: "picks first" }, FEELINGS.map(key)),
    h("div", { class: "picks" }, MORE.map(key)),
    h("label", { class: "burst" }, burst, h("span", {}, "Super reaction")),
  );
  box.hidden = false;
  place(box, button);
  box.querySelector("button")?.focus();
}

function place(box, button) {
  const from = button.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const left = Math.min(Math.max(MARGIN, from.right - size.width), innerWidth - size.width - MARGIN);
  const above = from.top - size.height - MARGIN;
  const top = Math.min(above >= MARGIN ? above : from.bottom + MARGIN, innerHeight - size.height - MARGIN);
  box.style.left = `${left}px`;
  box.style.top = `${Math.max(MARGIN, top)}px`;
}

/** Closes it; the focus goes back to where it came from. */
export function closePicker(refocus = false) {
  const box = at("picker");
  if (box.hidden) return;
  box.hidden = true;
  if (refocus && opener?.isConnected) opener.focus();
  opener = null;
  chosen = null;
}

/** Arrow keys, Escape, and clicks elsewhere. */
export function watchPicker() {
  const box = at("picker");
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      closePicker(true);
      return;
    }
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 6, ArrowUp: -6 }[event.key];
    if (!step) return;
    event.preventDefault();
    const keys = [...box.querySelectorAll(".pick")];
    const now = keys.indexOf(document.activeElement);
    keys[Math.min(Math.max(now + step, 0), keys.length - 1)]?.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!box.hidden && !box.contains(event.target) && event.target !== opener && !opener?.contains(event.target)) closePicker();
  });
  addEventListener("resize", () => closePicker());
}
