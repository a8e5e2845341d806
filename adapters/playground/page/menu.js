// One menu for all buttons that open one: arrow keys, Escape, a click beside it.

import { $, el } from "./dom.js";

// items: [{label, icon?, run, row?}]; neighbours that have `row` stand beside each other.
export function openMenu(opener, label, items) {
  const menu = $("menu");
  menu.setAttribute("aria-label", label);
  menu.replaceChildren(...items.map((item) => entry(item, opener)));
  menu.classList.toggle("in-rows", items.every((item) => item.row));
  menu.showPopover();
  place(menu, opener.getBoundingClientRect());
  menu.firstElementChild?.focus();
  menu.onkeydown = (event) => walk(event, [...menu.children]);
}

function entry({ label, icon, row, run }, opener) {
  const choose = () => {
    $("menu").hidePopover();
    opener.focus();
    run();
  };
  const properties = { type: "button", role: "menuitem", onclick: choose };
  return el("button", row ? { ...properties, "aria-label": label, title: label } : properties, icon, row ? null : label);
}

function place(menu, at) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + 4 + height < innerHeight ? at.bottom + 4 : Math.max(8, at.top - 4 - height);
  menu.style.top = `${below}px`;
  menu.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
}

function walk(event, entries) {
  const at = entries.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (event.key === "Tab") $("menu").hidePopover();
  if (!step) return;
  event.preventDefault();
  entries[(at + step + entries.length) % entries.length]?.focus();
}
