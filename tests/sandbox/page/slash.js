// A command being filled in: a chip for its name, a field for each option, and suggestions for the field one is in.

import { at, fill, h, icon } from "./dom.js";
import { called, known, serverOf } from "./state.js";
import { post } from "./wire.js";

const DEBOUNCE_MS = 120;
const SHOWN = 25;

let form = null;
let send = null;
let left = null;
let timer = 0;
let asked = 0;

/** What the menu offers: one entry for each command or subcommand. */
export function commandEntries() {
  return known.commands.flatMap((command) => {
    const subs = (command.options ?? []).filter((o) => o.kind === "subcommand");
    if (!subs.length) return [{ command, sub: null, label: command.name, description: command.description, options: command.options ?? [] }];
    return subs.map((sub) => ({ command, sub: sub.name, label: `${command.name} ${sub.name}`, description: sub.description, options: sub.options ?? [] }));
  });
}

/** Whether a command is being filled in. */
export const filling = () => form !== null;

/** Sets what happens when one is sent (`send(body)` → promise) and when it is left (`left(text)`). */
export function startSlash(onSend, onLeft) {
  send = onSend;
  left = onLeft;
  document.addEventListener("pointerdown", (event) => {
    if (!at("write").contains(event.target)) closeSuggestions();
  });
}

/** Starts filling in a command; `text` goes into the first option. */
export function openSlash(entry, text = "") {
  const ordered = [...entry.options].sort((a, b) => Number(b.required) - Number(a.required));
  form = { entry, fields: new Map(), options: ordered, active: -1, choices: [] };
  at("composer").hidden = true;
  at("slash").hidden = false;
  draw();
  const first = ordered.find((o) => o.required) ?? ordered[0];
  if (first) addField(first, text).focus();
  else at("slash").querySelector(".chip-close").focus();
}

/** Leaves it; the composer comes back. */
export function closeSlash(text = "") {
  if (!form) return;
  form = null;
  closeSuggestions();
  fill(at("slash"));
  at("slash").hidden = true;
  at("composer").hidden = false;
  left(text);
}

function draw() {
  const { entry, options } = form;
  const fields = h("div", { class: "slash-fields" });
  const more = h("div", { class: "slash-more" });
  const chip = h("span", { class: "command-chip" }, `/${entry.label}`, h("button", { type: "button", class: "chip-close", "aria-label": "Leave this command", onclick: () => closeSlash(), onkeydown: chipKey }, icon("close")));
  fill(at("slash"), chip, fields, more);
  for (const option of options.filter((o) => o.required)) addField(option);
  showMore();
}

function chipKey(event) {
  if (event.key === "Enter" && form && !form.fields.size) {
    event.preventDefault();
    sendSlash();
  }
  if (event.key === "Escape") closeSlash();
}

function showMore() {
  const open = form.options.filter((o) => !form.fields.has(o.name));
  fill(at("slash").querySelector(".slash-more"), open.map((o) =>
    h("button", { type: "button", class: "option-add", title: o.description, "data-add-option": o.name, onclick: () => addField(o).focus() }, icon("plus"), o.name)));
}

function addField(option, text = "") {
  const existing = form.fields.get(option.name);
  if (existing) {
    if (text) existing.input.value = text;
    return existing.input;
  }
  const input = h("input", {
    type: "text", "data-option": option.name, "aria-label": `${option.name}: ${option.description}`, placeholder: option.description,
    maxlength: option.max_length ?? 400, autocomplete: "off", spellcheck: "false", role: "combobox", "aria-expanded": "false", "aria-controls": "suggest", "aria-autocomplete": "list",
  });
  input.value = text;
  const field = { option, input, value: null };
  const box = h("label", { class: "option" }, h("span", { class: "option-name" }, option.name), input);
  input.addEventListener("focus", () => suggest(field));
  input.addEventListener("input", () => {
    field.value = null;
    right(field);
    grow(input);
    suggest(field);
  });
  input.addEventListener("keydown", (event) => fieldKey(event, field, box));
  form.fields.set(option.name, field);
  field.box = box;
  at("slash").querySelector(".slash-fields").append(box);
  grow(input);
  showMore();
  return input;
}

function right(field) {
  field.box.classList.remove("wrong");
  at("notice").textContent = "";
}

const grow = (input) => input.style.setProperty("--chars", String(Math.max(14, Math.min(60, (input.value || input.placeholder).length + 1))));

function fieldKey(event, field, box) {
  const open = !at("suggest").hidden;
  if (event.isComposing) return;
  if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    activate(form.active + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Tab" && !event.shiftKey && open && form.choices.length) {
    event.preventDefault();
    choose(field, form.choices[Math.max(0, form.active)]);
    nextField(field);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (open && form.active >= 0) choose(field, form.choices[form.active]);
    else sendSlash();
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (open) closeSuggestions();
    else closeSlash();
  } else if (event.key === "Backspace" && !field.input.value) {
    event.preventDefault();
    if (field.option.required || form.fields.size === 1) closeSlash();
    else dropField(field, box);
  }
}

function dropField(field, box) {
  box.remove();
  form.fields.delete(field.option.name);
  closeSuggestions();
  showMore();
  [...form.fields.values()].at(-1)?.input.focus();
}

function nextField(field) {
  const all = [...form.fields.values()];
  all[all.indexOf(field) + 1]?.input.focus();
}

// What can be chosen for a field without asking anybody; null: ask the bot; empty: free text.
function fixedChoices({ option }) {
  if (option.choices?.length) return option.choices;
  if (option.kind === "boolean") return [{ name: "True", value: true }, { name: "False", value: false }];
  const server = serverOf(known.here);
  if (option.kind === "channel") return (server?.channels ?? []).filter((c) => c.kind !== "category").map((c) => ({ name: `#${c.name}`, value: c.id }));
  if (option.kind === "user") return (server?.members ?? []).map((m) => ({ name: `@${called(m.user_id).name}`, value: m.user_id }));
  if (option.kind === "role") return (server?.roles ?? []).map((r) => ({ name: `@${r.name}`, value: r.id }));
  return option.autocomplete ? null : [];
}

function suggest(field) {
  clearTimeout(timer);
  asked += 1;
  const fixed = fixedChoices(field);
  if (fixed) {
    const typed = field.value === null ? field.input.value.trim().toLowerCase() : "";
    return showSuggestions(field, fixed.filter((c) => c.name.toLowerCase().includes(typed)));
  }
  const mine = asked;
  timer = setTimeout(() => void complete(field, mine), DEBOUNCE_MS);
}

async function complete(field, mine) {
  if (!form) return;
  const { entry } = form;
  let choices = [];
  try {
    const body = { as: known.as, channel_id: known.here, command: entry.command.name, options: { ...values().options, [field.option.name]: field.input.value }, focused: field.option.name, sub: entry.sub };
    choices = (await post("/page/autocomplete", body)).choices ?? [];
  } catch {
    // no suggestions is an answer as well: the field takes free text
  }
  if (mine === asked && form && document.activeElement === field.input) showSuggestions(field, choices);
}

function showSuggestions(field, choices) {
  form.choices = choices.slice(0, SHOWN);
  form.active = -1;
  const box = at("suggest");
  box.hidden = form.choices.length === 0;
  field.input.setAttribute("aria-expanded", String(!box.hidden));
  fill(
    box,
    h("div", { class: "popup-head" }, field.option.description),
    form.choices.map((choice, i) =>
      h("div", { class: "popup-row", role: "option", id: `choice-${i}`, "data-choice": String(choice.value), "aria-selected": "false", onpointerdown: (event) => {
        event.preventDefault();
        choose(field, choice);
        nextField(field);
      } }, h("span", { class: "popup-name" }, choice.name))),
  );
}

function activate(index) {
  const rows = [...at("suggest").querySelectorAll(".popup-row")];
  form.active = (index + rows.length) % rows.length;
  rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === form.active)));
  rows[form.active]?.scrollIntoView({ block: "nearest" });
  document.activeElement?.setAttribute("aria-activedescendant", `choice-${form.active}`);
}

function choose(field, choice) {
  field.input.value = choice.name;
  field.value = choice.value;
  right(field);
  grow(field.input);
  closeSuggestions();
}

function closeSuggestions() {
  clearTimeout(timer);
  asked += 1;
  at("suggest").hidden = true;
  if (!form) return;
  form.choices = [];
  form.active = -1;
  for (const { input } of form.fields.values()) {
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
}

// The options as they are sent, and the first field that cannot be.
function values() {
  const options = {};
  let wrong = null;
  for (const field of form.fields.values()) {
    const text = field.input.value.trim();
    if (!text) {
      if (field.option.required) wrong ??= field;
      continue;
    }
    const value = valueOf(field, text);
    if (value === undefined) wrong ??= field;
    else options[field.option.name] = value;
  }
  return { options, wrong };
}

function valueOf(field, text) {
  if (field.value !== null) return field.value;
  const { kind, choices } = field.option;
  if (kind === "integer") return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (kind === "number") return Number.isFinite(Number(text)) ? Number(text) : undefined;
  if (kind === "text" && !choices?.length) return text;
  const bare = (s) => s.replace(/^[#@]/, "").toLowerCase();
  return (fixedChoices(field) ?? []).find((c) => bare(c.name) === bare(text))?.value;
}

/** Sends what is filled in; shows the field that is wrong instead, when there is one. */
export async function sendSlash() {
  const { options, wrong } = values();
  if (wrong) {
    wrong.box.classList.add("wrong");
    wrong.input.focus();
    at("notice").textContent = wrong.input.value ? `“${wrong.option.name}” is not one of its choices.` : `“${wrong.option.name}” is needed.`;
    return;
  }
  const { entry } = form;
  const body = { as: known.as, channel_id: known.here, command: entry.command.name, options, ...(entry.sub ? { sub: entry.sub } : {}) };
  closeSlash();
  await send(body);
}
