// The field in which one writes: messages, replies, changes and commands.

import { $, button, el } from "./dom.js";
import { ask } from "./socket.js";
import * as store from "./store.js";

const { state } = store;
const NEARLY_FULL = 0.9;
const drafts = new Map();
const where = () => `${state.me} ${state.channel}`;
let replying = null; // the message that is answered
let editing = null; // the message that is changed
let chosen = -1; // of the suggestions
let sending = false;
let answered = () => {};

export function start(showReply) {
  answered = showReply;
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  $("text").addEventListener("input", changed);
  $("text").addEventListener("keydown", pressed);
  $("text").addEventListener("blur", () => setTimeout(closeSuggestions, 150));
  $("commands").addEventListener("click", () => { $("text").value = "/"; $("text").focus(); changed(); });
}

export function keepDraft() {
  if (state.channel && !editing) drafts.set(where(), $("text").value);
}

export function open() {
  stop();
  fill(drafts.get(where()) ?? "");
  problem("");
  drawState();
}

export function drawState() {
  const closed = store.isClosed(state.channel);
  const direct = store.isDirect(state.channel);
  $("text").disabled = $("send").disabled = closed;
  const others = direct ? "Type / to ask mentorbot" : `Write to ${store.titleOf(state.channel)}`;
  $("text").placeholder = closed ? "This conversation is closed" : others;
}

export function reply(message) {
  stop();
  replying = message;
  bar(`Replying to ${store.nameOf(message.author)}: ${message.text}`);
}

export function edit(message) {
  keepDraft();
  stop();
  editing = message;
  bar("Changing your message");
  fill(message.text);
}

function bar(text) {
  $("replying").hidden = false;
  $("replying").replaceChildren(el("span", { dir: "auto" }, text), button("Cancel", cancel, { class: "quiet" }));
  $("text").focus();
}

function cancel() {
  const was = editing;
  stop();
  if (was) fill(drafts.get(where()) ?? "");
  $("text").focus();
}

function stop() {
  replying = editing = null;
  $("replying").hidden = true;
}

function fill(text) {
  $("text").value = text;
  changed();
  closeSuggestions();
}

export function problem(text) {
  $("problem").textContent = text;
}

function changed() {
  const field = $("text");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, 160)}px`;
  const { length } = field.value;
  const most = state.limits.text;
  problem(length > most * NEARLY_FULL ? room(length, most) : "");
  suggest();
}

const room = (length, most) => length > most
  ? `This has ${length.toLocaleString("en")} characters; there is room for ${most.toLocaleString("en")}. Please shorten it.`
  : `Room for ${(most - length).toLocaleString("en")} more characters.`;

async function send() {
  const text = $("text").value.trim();
  if (!text || sending) return;
  if (text.length > state.limits.text) { problem(room(text.length, state.limits.text)); return; }
  const [from, about] = [where(), { as: state.me, channel: state.channel, text }];
  busy(true);
  try {
    const answer = await ask(editing ? "edit" : "write", { ...about, message: editing?.id, reply_to: replying?.id });
    drafts.delete(from);
    if (from === where()) { const was = editing; stop(); fill(was ? drafts.get(from) ?? "" : ""); }
    if ("reply" in answer) answered(answer.reply, text, about);
  } catch (error) {
    if (from === where()) problem(error.message);
  } finally {
    busy(false);
  }
}

function busy(yes) {
  sending = yes;
  $("send").disabled = yes || store.isClosed(state.channel);
}

// Suggestions of commands

const matching = () => {
  const typed = $("text").value.toLowerCase();
  if (!typed.startsWith("/") || editing) return [];
  const mine = ({ who, newcomers }) => (store.isMember() ? store.may(who) : newcomers);
  return state.commands.filter((one) => mine(one) && (one.written.startsWith(typed) || typed.length < 2));
};

function suggest() {
  const found = matching();
  chosen = -1;
  $("suggestions").replaceChildren(...found.map((command, at) => el("li", {
    role: "option", id: `suggestion-${at}`, "aria-selected": "false",
    onmousedown: (event) => { event.preventDefault(); pick(command); },
  }, el("code", {}, command.written, ...command.options.map(({ name }) => ` [${name}]`)), el("span", {}, command.help))));
  $("suggestions").hidden = !found.length;
  $("text").setAttribute("aria-expanded", String(found.length > 0));
  $("text").removeAttribute("aria-activedescendant");
}

function closeSuggestions() {
  $("suggestions").hidden = true;
  $("text").setAttribute("aria-expanded", "false");
}

function pick(command) {
  fill(command.written + (command.options.length ? " " : ""));
  $("text").focus();
}

function choose(step) {
  const options = [...$("suggestions").children];
  chosen = (chosen + step + options.length) % options.length;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  options[chosen].scrollIntoView({ block: "nearest" });
  $("text").setAttribute("aria-activedescendant", options[chosen].id);
}

function pressed(event) {
  if (event.isComposing) return;
  const open_ = !$("suggestions").hidden;
  const steps = { ArrowDown: 1, ArrowUp: chosen < 0 ? 0 : -1 };
  if (open_ && event.key in steps) { event.preventDefault(); choose(steps[event.key]); return; }
  if (open_ && ["Enter", "Tab"].includes(event.key) && chosen >= 0) { event.preventDefault(); pick(matching()[chosen]); return; }
  if (event.key === "Escape") { if (open_) closeSuggestions(); else cancel(); return; }
  if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); send(); }
}
