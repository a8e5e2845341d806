// The clock, what happened while it moved, and the guide for the first time.

import { $, button, day, el, hour, icon, moment, short } from "./dom.js";
import { ask } from "./socket.js";
import * as store from "./store.js";

const { state } = store;
const GUIDE = "mentorbot-guide";
const narrow = matchMedia("(max-width: 720px)");
let go = () => {};
let failed = "";

export function start(jump) {
  go = jump;
  for (const move of $("moves").children) move.addEventListener("click", () => moveBy(Number(move.dataset.hours)));
  $("help").addEventListener("click", () => { remember("shown"); drawCards(); $("guide")?.focus(); });
  setInterval(drawClock, 1000);
}

const named = (zone) => (narrow.matches ? zone.split("/").at(-1) : zone).replaceAll("_", " ");

async function moveBy(hours) {
  failed = "";
  try {
    await ask("move", { hours });
  } catch (error) {
    failed = error.message;
    drawCards();
  }
}

export function drawClock() {
  const [at, zone] = [store.now(), store.zone()];
  $("now").textContent = narrow.matches ? short(at, zone) : moment(at, zone);
  $("now").dateTime = new Date(at).toISOString();
  $("zone").textContent = state.me ? `${store.firstName(state.me)} · ${named(zone)}` : "";
  $("moves").classList.toggle("moving", state.clock.moving);
  for (const move of $("moves").children) move.disabled = state.clock.moving;
}

export function drawCards() {
  const cards = [state.clock.moving ? movingCard() : state.moved && movedCard(), failed && failedCard(), guideCard()];
  $("cards").replaceChildren(...cards.filter(Boolean));
}

const movingCard = () => el("p", { class: "card", role: "status" }, "The clock is moving …");
const failedCard = () => el("p", { class: "card problem", role: "alert" }, failed);

function movedCard() {
  const { from, to, happened } = state.moved;
  const [begin, end, zone] = [Date.parse(from), Date.parse(to), store.zone()];
  const title = happened.length ? "What mentorbot did on the way" : "mentorbot had nothing to do on the way";
  const hint = "It reminds people on the days and at the hours that suit them. At night, at the weekend or on a holiday, move on a little further.";
  return el("section", { class: "card moved", role: "status" },
    el("div", { class: "card-top" }, el("h3", {}, title),
      button("Close", () => { state.moved = null; drawCards(); }, { class: "quiet" })),
    el("p", { class: "note" }, `${moment(begin, zone)} to ${moment(end, zone)}`),
    happened.length ? el("ul", { class: "happened" }, ...happened.map(event)) : el("p", {}, hint));
}

function event({ at, what, user, channel, message }) {
  const name = el("bdi", {}, store.nameOf(user));
  const zone = store.zone();
  const said = what === "sent" ? ["mentorbot wrote to ", name] : ["mentorbot updated its message to ", name];
  return el("li", {},
    el("span", {}, el("time", { datetime: at }, `${day(Date.parse(at), zone)}, ${hour(Date.parse(at), zone)}: `), ...said),
    button("Look", () => go(user, channel, message), { class: "quiet", "aria-label": `Look at it as ${store.nameOf(user)}` }));
}

// The guide

function remember(value) {
  try { localStorage.setItem(GUIDE, value); } catch { state.guide = value; }
}

function dismissed() {
  try { return localStorage.getItem(GUIDE) === "dismissed"; } catch { return state.guide === "dismissed"; }
}

function guideCard() {
  const pair = store.example();
  if (dismissed() || !state.me) return null;
  if (!pair) return emptyGuide();
  const { channel, mentee, mentor } = pair;
  const [asker, answerer] = [store.firstName(mentee), store.firstName(mentor)];
  const written = store.messagesIn(channel).some(({ author }) => author === mentee);
  const reminded = store.messagesIn(store.direct(mentor)).some(({ author }) => author === null);
  const read = reminded && !store.unread(mentor, store.direct(mentor));
  const waiting = state.movedOnce && !reminded;
  const steps = [
    [written, `As ${asker}, write something to ${answerer}: a question, perhaps.`, mentee, channel],
    [reminded, waiting
      ? `No reminder yet: mentorbot waits for a day and an hour that suit ${answerer}. Move on a little further.`
      : `${answerer} doesn't answer. Move the clock ahead by 2 days.`],
    [read, `As ${answerer}, read what mentorbot wrote to you.`, mentor, store.direct(mentor)],
  ];
  const current = steps.findIndex(([isDone]) => !isDone);
  return el("section", { class: "card", id: "guide", tabindex: "-1", "aria-label": "Try this" },
    el("div", { class: "card-top" }, el("h3", {}, current < 0 ? "That's mentorbot's main job" : "Try this"),
      button("Dismiss", () => { remember("dismissed"); drawCards(); $("help").focus(); }, { class: "quiet" })),
    current < 0
      ? el("p", {}, "Press the buttons under its reminder, write /mentor goals or /mentor sessions, or type / to see what else you can ask it.")
      : el("ol", { class: "steps" }, ...steps.map((step, at) => stepRow(step, at === current))));
}

// Before anybody is paired there is a program to be set up.
function emptyGuide() {
  const anybody = [...state.people.values()].some(({ roles }) => roles.length);
  const steps = [
    [anybody, "Choose who you are, and write to mentorbot the line that it printed where it was started.", null, null],
    [false, "Write /mentor-admin setup at any time: it says what is done, and what is to be done.", null, null],
  ];
  const current = steps.findIndex(([isDone]) => !isDone);
  return el("section", { class: "card", id: "guide", tabindex: "-1", "aria-label": "Try this" },
    el("div", { class: "card-top" }, el("h3", {}, "Set the program up"),
      button("Dismiss", () => { remember("dismissed"); drawCards(); $("help").focus(); }, { class: "quiet" })),
    el("ol", { class: "steps" }, ...steps.map((step, at) => stepRow(step, at === current))));
}

function stepRow([isDone, words, user, channel], isCurrent) {
  const mark = el("span", { class: "mark" }, isDone ? icon("tick") : null);
  const elsewhere = user && (user !== state.me || channel !== state.channel);
  return el("li", { class: isDone ? "done" : isCurrent ? "current" : "", "aria-current": isCurrent ? "step" : null }, mark,
    el("span", {}, words, isDone ? el("span", { class: "hidden" }, " Done.") : null),
    isCurrent && elsewhere ? button(`Be ${store.firstName(user)}`, () => go(user, channel), { class: "primary" }) : null);
}
