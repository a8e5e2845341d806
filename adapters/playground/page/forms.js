// A form of the bot's, as a dialog. What was typed stays until it is taken.

import { $, button, el } from "./dom.js";
import { ask } from "./socket.js";

const drafts = new Map();
let done = () => {};

export const start = (taken) => {
  done = taken;
  $("form").addEventListener("close", keep);
};

// about: {as, channel} of who opened it, and where
export function openForm(form, about) {
  const values = drafts.get(key(form, about)) ?? {};
  const fields = form.fields.map((field) => [field, input(field, values[field.name] ?? field.value)]);
  const problem = el("p", { class: "problem", role: "alert" });
  const submit = el("button", { type: "submit", class: "primary" }, form.submit);
  const element = el("form", { novalidate: true, method: "dialog" },
    el("h2", { id: "form-title", dir: "auto" }, form.title), problem,
    ...fields.map(([field, control]) => line(field, control)),
    el("div", { class: "actions" }, button("Cancel", () => $("form").close()), submit));
  const opened = { form, about, fields, problem, submit, taken: false };
  element.addEventListener("submit", (event) => { event.preventDefault(); send(opened); });
  $("form").opened = opened;
  $("form").replaceChildren(element);
  if (!$("form").open) $("form").showModal();
  const [field, first] = fields[0] ?? [{}, submit];
  first.focus();
  if (first.tagName === "TEXTAREA" && first.value === field.value) toItsBeginning(first);
}

function toItsBeginning(area) {
  area.setSelectionRange(0, 0);
  area.scrollTop = 0;
}

// One action takes several forms, such as the texts of two badges: what was typed into one isn't for another.
const key = (form, about) => JSON.stringify([about.as, form.action, form.fields.map(({ name, value }) => [name, value])]);
const typed = (fields) => fields.filter(([{ file }]) => !file);
const read = (fields) => Object.fromEntries(typed(fields).map(([{ name }, control]) => [name, control.value]));

async function readFiles(fields) {
  const chosen = fields.filter(([{ file }, control]) => file && control.files.length);
  return Object.fromEntries(await Promise.all(chosen.map(async ([{ name }, control]) =>
    [name, { name: control.files[0].name, content: await asBase64(control.files[0]) }])));
}

const asBase64 = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
  reader.addEventListener("error", () => reject(new Error("This file can't be read.")));
  reader.readAsDataURL(file);
});

function keep() {
  const { opened } = $("form");
  if (!opened.taken) drafts.set(key(opened.form, opened.about), read(opened.fields));
}

function input(field, value) {
  if (field.several && field.choices.length) return boxes(field, value);
  const tag = field.choices.length ? "select" : field.long ? "textarea" : "input";
  const options = field.choices.map((choice) => el("option", { value: choice.value }, choice.label));
  const nothing = field.choices.length && !(field.required && field.value) ? [el("option", { value: "" }, "")] : [];
  const control = el(tag, {
    id: `field-${field.name}`, name: field.name, dir: "auto", rows: tag === "textarea" ? 3 : null, type: field.file ? "file" : null,
    "aria-required": String(field.required), "aria-describedby": `hint-${field.name} error-${field.name}`,
  }, ...nothing, ...options);
  if (!field.file) control.value = value;
  return control;
}

// One box for each choice; like a field of one line, all of them together have a value: what is ticked, joined by commas.
function boxes(field, value) {
  const ticked = new Set(value.split(","));
  const ticks = field.choices.map((choice) => el("input", { type: "checkbox", value: choice.value, checked: ticked.has(choice.value) }));
  const group = el("div", {
    id: `field-${field.name}`, role: "group", class: "boxes",
    "aria-labelledby": `label-${field.name}`, "aria-describedby": `hint-${field.name} error-${field.name}`,
  }, ...ticks.map((tick, at) => el("label", { dir: "auto" }, tick, el("span", {}, field.choices[at].label))));
  const taken = () => ticks.filter((tick) => tick.checked).map((tick) => tick.value).join(",");
  Object.defineProperty(group, "value", { get: taken });
  group.focus = () => ticks[0].focus();
  return group;
}

function line(field, control) {
  const [tag, about] = control.role === "group" ? ["p", null] : ["label", control.id];
  return el("div", { class: "field" },
    el(tag, { id: `label-${field.name}`, class: "label", for: about, dir: "auto" },
      field.label, field.required ? null : el("small", {}, " (optional)")),
    control,
    el("p", { class: "note", id: `hint-${field.name}`, dir: "auto" }, field.hint),
    el("p", { class: "problem", id: `error-${field.name}`, dir: "auto" }));
}

function check(fields) {
  const errors = {};
  for (const [{ name, required, limit, file, several }, { value }] of fields) {
    if (required && !value.trim()) errors[name] = "Please fill this in.";
    if (!file && !several && value.length > limit) errors[name] = `This has ${value.length} characters; there is room for ${limit}.`;
  }
  return errors;
}

async function send(opened) {
  const { form, about, fields, problem, submit } = opened;
  const errors = check(fields);
  show(opened, errors);
  if (Object.keys(errors).length || submit.disabled) return;
  submit.disabled = true;
  try {
    const files = await readFiles(fields);
    const { reply } = await ask("submit", { as: about.as, action: form.action, values: read(fields), files });
    take(opened, reply);
  } catch (error) {
    problem.textContent = error.message;
  } finally {
    submit.disabled = false;
  }
}

function take(opened, reply) {
  if (reply?.kind === "errors") { show(opened, reply.errors); return; }
  opened.taken = true;
  drafts.delete(key(opened.form, opened.about));
  if (reply?.kind === "form") { openForm(reply, opened.about); return; }
  if ($("form").opened === opened) $("form").close();
  if (reply) done(reply, opened.form.title, opened.about);
}

function show({ fields, problem }, errors) {
  problem.textContent = errors[""] ?? "";
  for (const [{ name }, control] of fields) {
    $(`error-${name}`).textContent = errors[name] ?? "";
    control.setAttribute("aria-invalid", String(name in errors));
  }
  const [wrong] = fields.find(([{ name }]) => name in errors) ?? [];
  if (!wrong) return;
  $(`field-${wrong.name}`).focus();
  $(`error-${wrong.name}`).scrollIntoView({ block: "nearest" });
}
