// Elements, icons and times. Every text is set as text: nothing that a person wrote becomes markup.

export const $ = (id) => document.getElementById(id);

// el("button", {class: "quiet", onclick: f}, "text", child, null)
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null && child !== false));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/icons.svg#${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export const button = (label, onclick, properties = {}) => el("button", { type: "button", onclick, ...properties }, label);
export const iconButton = (name, label, onclick, properties = {}) =>
  el("button", { type: "button", class: "quiet icon", "aria-label": label, title: label, onclick, ...properties }, icon(name));

export function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word][0] ?? "").join("").toUpperCase();
}

export const avatar = (name, bot = false) =>
  bot
    ? el("img", { class: "avatar", src: "/icon.svg", alt: "", width: 36, height: 36 })
    : el("span", { class: "avatar", "aria-hidden": "true" }, initials(name));

const OPTIONS = {
  weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
};
const formats = new Map(); // by zone: making one takes long, and each message needs it several times

function format(zone) {
  if (!formats.has(zone)) formats.set(zone, make(zone));
  return formats.get(zone);
}

function make(zone) {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...OPTIONS, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...OPTIONS, timeZone: "UTC" });
  }
}

function parts(instant, zone) {
  return Object.fromEntries(format(zone).formatToParts(instant).map((part) => [part.type, part.value]));
}

export function day(instant, zone) {
  const { weekday, day: number, month } = parts(instant, zone);
  return `${weekday} ${number} ${month}`;
}

export function hour(instant, zone) {
  const { hour: hours, minute } = parts(instant, zone);
  return `${hours}:${minute}`;
}

// As short as a phone needs it: Fri 20 Nov, 23:22
export function short(instant, zone) {
  const { weekday, day: number, month } = parts(instant, zone);
  return `${weekday.slice(0, 3)} ${number} ${month.slice(0, 3)}, ${hour(instant, zone)}`;
}

export const moment = (instant, zone) => `${day(instant, zone)}, ${hour(instant, zone)}`;
