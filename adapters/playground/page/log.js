// The conversation that is open: one element a message, so that one that changes leaves the others alone.

import { $, avatar, button, day, el, hour, icon, iconButton, moment } from "./dom.js";
import { openMenu } from "./menu.js";
import * as store from "./store.js";

const { state } = store;
const REACTIONS = {
  thumbsup: "Thumbs up", heart: "Heart", white_check_mark: "Done", pray: "Thank you", eyes: "I've seen it",
  hourglass_flowing_sand: "It takes a while",
};
const CLOSE_TO_THE_END = 120; // pixels

// What the rest of the page does: {go, act, press, shortcut, reply, edit}
let doings = {};
let pinned = true; // whoever looks at the end goes on doing so when the room for it changes

export function listen(given) {
  doings = given;
  $("scroll").addEventListener("scroll", () => { pinned = isAtEnd(); });
  new ResizeObserver(() => { if (pinned) scrollToEnd(); }).observe($("scroll"));
}

export function drawAll() {
  const rows = store.messagesIn(state.channel).map((message) => row(message));
  const answers = shown(state.answers).map((answer) => [answer.after, answerRow(answer)]);
  $("log").replaceChildren(...(rows.length || answers.length ? rows : [emptyRow()]));
  for (const [after, element] of answers) placeAfter(after, element);
  drawDays();
  scrollToEnd();
}

const shown = (answers) => answers.filter(({ user, channel }) => user === state.me && channel === state.channel);

export function drawMessage(message) {
  if (message.channel !== state.channel) return;
  const old = find(message.id);
  const atEnd = isAtEnd();
  const fresh = row(message);
  if (old) replaceKeepingFocus(old, fresh);
  else $("log").append(fresh);
  $("log").querySelector(".empty")?.remove();
  drawDays();
  if (atEnd || message.author === state.me) scrollToEnd();
}

export function removeMessage(id) {
  find(id)?.remove();
  if (!$("log").children.length) drawAll();
  else drawDays();
}

export function drawAnswer(answer) {
  $("log").querySelector(".empty")?.remove();
  placeAfter(answer.after, answerRow(answer));
  scrollToEnd();
}

export function highlight(id) {
  const found = find(id);
  if (!found) return;
  found.classList.remove("found");
  pinned = false;
  found.scrollIntoView({ block: "center" });
  found.classList.add("found");
  found.focus({ preventScroll: true });
  found.addEventListener("blur", () => found.classList.remove("found"), { once: true });
}

const find = (id) => [...$("log").children].find((child) => child.dataset.id === id);
const isAtEnd = () => $("scroll").scrollHeight - $("scroll").scrollTop - $("scroll").clientHeight < CLOSE_TO_THE_END;
const scrollToEnd = () => { $("scroll").scrollTop = $("scroll").scrollHeight; pinned = true; };

function placeAfter(id, element) {
  const later = [...$("log").children].find((child) => child.dataset.id > id);
  if (later) later.before(element);
  else $("log").append(element);
}

function replaceKeepingFocus(old, fresh) {
  const key = old.contains(document.activeElement) && document.activeElement.dataset.key;
  const whole = document.activeElement === old;
  old.replaceWith(fresh);
  if (key) fresh.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  if (whole) fresh.focus();
}

function drawDays() {
  for (const line of $("log").querySelectorAll(".day")) line.remove();
  let last = "";
  for (const child of [...$("log").children]) {
    const today = child.dataset.at && day(Number(child.dataset.at), store.zone());
    if (today && today !== last) child.before(el("li", { class: "day" }, el("span", {}, today)));
    last = today || last;
  }
}

function emptyRow() {
  const text = store.isDirect(state.channel)
    ? "mentorbot hasn't written yet. Type / to see what you can ask it."
    : "No messages yet. Say hello.";
  return el("li", { class: "empty" }, text);
}

function row(message) {
  const at = Date.parse(message.at);
  const bot = message.author === null;
  const head = el("div", { class: "head" },
    el("strong", { dir: "auto" }, store.nameOf(message.author)),
    bot ? el("span", { class: "tag" }, "bot") : null,
    el("time", { datetime: message.at, title: moment(at, store.zone()) }, hour(at, store.zone())),
    message.edited ? el("span", { class: "edited" }, "edited") : null);
  const words = bot ? blocks(message.blocks) : [el("p", { dir: "auto" }, message.text)];
  const body = el("div", { class: "body" }, head, quote(message), ...words, reactions(message));
  const classes = `message ${bot ? "from-bot" : ""} ${message.author === state.me ? "own" : ""}`;
  return el("li", { class: classes, "data-id": message.id, "data-at": at, tabindex: "-1" },
    avatar(store.nameOf(message.author), bot), body, tools(message));
}

function quote(message) {
  if (!message.reply_to) return null;
  const answered = state.messages.get(message.reply_to);
  if (!answered) return el("p", { class: "quote" }, "Reply to a message that was deleted");
  const text = answered.text || answered.blocks.map((block) => block.text ?? "").join(" ");
  return el("button", { type: "button", class: "quote", dir: "auto", onclick: () => highlight(answered.id) },
    icon("reply"), el("span", {}, `${store.nameOf(answered.author)}: ${text}`));
}

export function blocks(all) {
  return all.map((block) => {
    switch (block.type) {
      case "heading": return el("h3", { dir: "auto" }, block.text);
      case "note": return el("p", { class: "note", dir: "auto" }, block.text);
      case "image": return picture(block);
      case "file": return file(block);
      case "actions": return el("div", { class: "actions" }, ...block.items.map(item));
      default: return el("p", { dir: "auto" }, block.text);
    }
  });
}

function picture({ content, text }) {
  const onload = () => { if (pinned) scrollToEnd(); }; // it has no height before
  const shown = el("img", { class: "picture", src: `data:image/png;base64,${content}`, alt: text, onload });
  const whole = ({ currentTarget }) => currentTarget.setAttribute("aria-pressed", String(frame.classList.toggle("whole")));
  const frame = el("div", { class: "frame" },
    el("button", { type: "button", "aria-pressed": "false", title: "As large as it is, or as wide as the page", onclick: whole }, shown));
  return frame;
}

function file({ name, content, text }) {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.codePointAt(0));
  const href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  return el("p", { class: "file" }, el("a", { href, download: name }, name), el("small", { dir: "auto" }, ` ${text}`));
}

function item(shownItem) {
  const { type, label } = shownItem;
  if (type === "link") return button(label, () => doings.go(state.me, shownItem.channel, shownItem.message), { "data-key": label });
  const properties = { class: shownItem.primary ? "primary" : "", "data-key": shownItem.action };
  return button(label, (event) => doings.press(event.currentTarget, shownItem.action), properties);
}

function reactions(message) {
  const given = Map.groupBy(message.reactions, ({ reaction }) => reaction);
  if (!given.size) return null;
  return el("div", { class: "reactions" }, ...[...given].map(([name, all]) => {
    const mine = all.some(({ user }) => user === state.me);
    const who = all.map(({ user }) => store.nameOf(user)).join(", ");
    const label = `${REACTIONS[name] ?? name}: ${who}`;
    return el("button", {
      type: "button", class: "reaction", "aria-pressed": String(mine), "aria-label": label, title: label, "data-key": `r-${name}`,
      onclick: () => doings.act(mine ? "unreact" : "react", { message: message.id, reaction: name }),
    }, REACTIONS[name] ? icon(name) : `:${name}:`, String(all.length));
  }));
}

function tools(message) {
  const react = ({ currentTarget }) => openMenu(currentTarget, "React", Object.entries(REACTIONS).map(([reaction, label]) =>
    ({ label, icon: icon(reaction), row: true, run: () => doings.act("react", { message: message.id, reaction }) })));
  const more = furtherOf(message);
  return el("div", { class: "tools" },
    iconButton("smile", "React", react, { "aria-haspopup": "menu", "data-key": "react" }),
    message.author === null ? null : iconButton("reply", "Reply", () => doings.reply(message), { "data-key": "reply" }),
    more.length ? iconButton("more", "More", ({ currentTarget }) => openMenu(currentTarget, "More", more),
      { "aria-haspopup": "menu", "data-key": "more" }) : null);
}

function furtherOf(message) {
  if (message.author === null || store.isDirect(message.channel)) return own(message);
  const entries = state.shortcuts.filter(({ who }) => store.may(who)).map(({ name, label }) =>
    ({ label, run: () => doings.shortcut(name, label, message) }));
  return [...entries, ...own(message)];
}

function own(message) {
  if (message.author !== state.me) return [];
  return [
    { label: "Edit", run: () => doings.edit(message) },
    { label: "Delete", run: () => doings.act("delete", { message: message.id }) },
  ];
}

function answerRow(answer) {
  const element = el("li", { class: "message private", tabindex: "-1" },
    avatar("", true),
    el("div", { class: "body" },
      el("div", { class: "head" }, el("strong", {}, "mentorbot"), el("span", { class: "only" }, icon("eye"), "Only you can see this")),
      answer.asked ? el("p", { class: "note", dir: "auto" }, `You: ${answer.asked}`) : null,
      ...blocks(answer.blocks)),
    el("div", { class: "tools" }, button("Dismiss", () => {
      state.answers = state.answers.filter((other) => other !== answer);
      element.remove();
      $("text").focus();
    }, { class: "quiet" })));
  return element;
}
