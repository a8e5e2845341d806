// The playground's page: who one is, which conversation is open, and what comes in.

import * as clock from "./clock.js";
import * as composer from "./composer.js";
import { $, avatar, el } from "./dom.js";
import * as forms from "./forms.js";
import * as log from "./log.js";
import { openMenu } from "./menu.js";
import { ask, connect } from "./socket.js";
import * as store from "./store.js";

const { state } = store;
let wanted = null; // the message to show once its conversation is open

function receive(frame) {
  store.take(frame);
  switch (frame.type) {
    case "state": return follow(true);
    case "message": log.drawMessage(frame.message); announce(frame.message); break;
    case "gone": log.removeMessage(frame.message); break;
    case "space": composer.drawState(); break;
    case "moved": case "clock": clock.drawClock(); break;
  }
  drawAround();
}

function online(yes) {
  $("status").hidden = yes;
  $("status").textContent = yes ? "" : "The connection to mentorbot is lost. Trying again …";
}

// Where one is stands in the address, so that each tab can be somebody else: #lena/amara-lena

function go(user, channel, message = null) {
  wanted = message;
  const there = `#${encodeURIComponent(user)}/${encodeURIComponent(channel)}`;
  drawer(false);
  if (location.hash !== there) location.hash = there;
  follow(); // at once: what is typed until the event comes would end up in the other conversation
}

function follow(anew = false) {
  const [user, channel] = location.hash.slice(1).split("/").map(decodeURIComponent);
  const me = state.people.has(user) ? user : store.example()?.mentee ?? [...state.people.keys()][0] ?? null;
  const inside = me && store.mine(me).includes(channel);
  const there = me && (inside ? channel : me === state.me ? state.channel : firstOf(me));
  if (anew || me !== state.me || there !== state.channel) open(me, there, anew);
  if (me === user && channel && !inside) composer.problem("You aren't in that conversation.");
  else if (wanted) log.highlight(wanted);
  wanted = null;
}

const firstOf = (user) => store.mine(user).find((channel) => store.unread(user, channel)) ?? store.mine(user)[0];

function open(me, channel, anew) {
  const same = me === state.me && channel === state.channel;
  composer.keepDraft();
  Object.assign(state, { me, channel });
  $("program").textContent = state.program;
  $("title").textContent = channel ? store.titleOf(channel) : "Nobody is here";
  log.drawAll();
  if (!same || !anew) composer.open();
  clock.drawClock();
  drawAround();
}

function drawAround() {
  seen();
  drawPeople();
  drawConversations();
  clock.drawCards();
  $("subtitle").textContent = subtitle();
  $("add").hidden = !state.channel || store.isDirect(state.channel) || store.isClosed(state.channel) || !strangers().length;
}

function subtitle() {
  if (!state.channel) return "The program's file names no account such as playground/riverside/amara.";
  if (store.isDirect(state.channel)) return "Only you two can read this.";
  const { name, topic } = state.rooms.get(state.channel) ?? {};
  const people = `${state.spaces.get(state.channel).map(store.firstName).join(", ")} and mentorbot`;
  return [name ? topic : state.channel, people].filter(Boolean).join(" · ");
}

function seen() {
  if (!document.hidden && state.me && store.unread(state.me, state.channel)) {
    const newest = store.messagesIn(state.channel).at(-1).id;
    (state.read[state.me] ??= {})[state.channel] = newest;
    ask("seen", { as: state.me, channel: state.channel }).catch(() => {});
  }
}

function announce({ channel, author, text, blocks }) {
  if (channel !== state.channel || author === state.me) return;
  const words = text || blocks.map((block) => block.text ?? "").join(" ");
  $("announcer").textContent = `${store.nameOf(author)}: ${words}`;
}

// Around the conversation. What has the focus keeps it.

function refill(list, entries) {
  const key = list.contains(document.activeElement) && document.activeElement.dataset.key;
  list.replaceChildren(...entries);
  if (key) list.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

const dot = (number) => (number ? el("span", { class: "dot" }, el("span", { class: "hidden" }, `, ${number} new`)) : null);

function drawPeople() {
  refill($("people"), [...state.people.values()].map((person) => el("li", {}, el("button", {
    type: "button", class: "person", "aria-pressed": String(person.user === state.me), "data-key": person.user, title: person.name,
    onclick: () => go(person.user, firstOf(person.user)),
  }, avatar(person.name), el("span", { class: "who" }, el("span", { class: "name", dir: "auto" }, person.name),
    el("small", {}, person.roles.join(", ") || "not a member")), dot(store.unreadOf(person.user))))));
}

function drawConversations() {
  const mine = state.me ? store.mine(state.me) : [];
  refill($("conversations"), mine.map((channel) => {
    const number = store.unread(state.me, channel);
    return el("li", {}, el("button", {
      type: "button", class: "conversation", "data-key": channel, "aria-current": channel === state.channel ? "page" : null,
      onclick: () => go(state.me, channel),
    }, avatar(store.titleOf(channel), store.isDirect(channel)), el("span", { class: "name", dir: "auto" }, store.titleOf(channel)),
    number ? el("span", { class: "count" }, String(number), el("span", { class: "hidden" }, " new")) : null));
  }));
  $("drawer").querySelector(".dot").hidden = !mine.some((channel) => channel !== state.channel && store.unread(state.me, channel));
}

function drawer(open_ = !document.body.classList.contains("drawer-open")) {
  document.body.classList.toggle("drawer-open", open_);
  $("drawer").setAttribute("aria-expanded", String(open_));
}

const strangers = () => [...state.people.values()].filter(({ user }) => !state.spaces.get(state.channel).includes(user));

function addSomeone() {
  openMenu($("add"), "Add someone", strangers().map(({ user, name }) => ({ label: name, run: () => act("join", { user }) })));
}

// What one does

function showReply(reply, asked, about) {
  if (reply?.kind === "form") { forms.openForm(reply, about); return; }
  if (reply?.kind !== "message") return;
  const after = store.messagesIn(about.channel).at(-1)?.id ?? "";
  const answer = { user: about.as, channel: about.channel, after, asked, blocks: reply.blocks };
  state.answers.push(answer);
  if (about.as !== state.me || about.channel !== state.channel) return;
  log.drawAnswer(answer);
  $("announcer").textContent = `Only you can see this: ${reply.blocks.map((block) => block.text ?? "").join(" ")}`;
}

const here = () => ({ as: state.me, channel: state.channel });

async function act(what, more) {
  try {
    await ask(what, { ...here(), ...more });
  } catch (error) {
    composer.problem(error.message);
  }
}

async function press(pressed, action) {
  const about = here();
  pressed.disabled = true;
  try {
    const { reply } = await ask("press", { as: about.as, action });
    showReply(reply, pressed.textContent, about);
  } catch (error) {
    composer.problem(error.message);
  } finally {
    pressed.disabled = false;
    if (document.activeElement === document.body) pressed.focus({ preventScroll: true });
  }
}

async function shortcut(name, label, message) {
  const about = here();
  try {
    showReply((await ask("shortcut", { ...about, message: message.id, name })).reply, label, about);
  } catch (error) {
    composer.problem(error.message);
  }
}

log.listen({ go, act, press, shortcut, reply: composer.reply, edit: composer.edit });
composer.start(showReply);
forms.start(showReply);
clock.start(go);
$("drawer").addEventListener("click", () => drawer());
$("add").addEventListener("click", addSomeone);
addEventListener("hashchange", () => follow());
document.addEventListener("click", ({ target }) => { if (!target.closest("#sidebar, #drawer")) drawer(false); });
addEventListener("keydown", (event) => { if (event.key === "Escape") drawer(false); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) drawAround(); });
connect(receive, online);
