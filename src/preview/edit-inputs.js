// The inputs of a form, made from the fields of a kind, and the dialog in which a note is chosen.
import { SourceRows } from "./edit-sources.js";
import { element, remover, same, say, tell } from "./edit-tools.js";

const NEEDS = { required: "needed", wanted: "wanted", free: "" };

/// All inputs of a form.
export class FieldInputs {
  constructor(form, tools) {
    [this.form, this.tools] = [form, tools];
    this.picker = new NotePicker(tools);
  }

  /// Makes the inputs anew.
  fill(form) {
    this.fields = new Map();
    const main = [];
    const common = element("details", { className: "field" }, [element("summary", { textContent: "More" })]);
    for (const field of form.fields) {
      const made = input_of(field, this.picker);
      this.fields.set(field.key, { made, before: made.values(), label: field.label });
      if (field.is_common) common.append(made.box);
      else main.push(made.box);
    }
    this.sources = form.sources && form.is_readable ? new SourceRows(form.sources, form.source_notes, this.picker) : null;
    const head = this.form.firstElementChild;
    this.form.replaceChildren(head, ...main, ...(this.sources ? [this.sources.box] : []), common);
  }

  /// Takes the values of a form as those before a change, and leaves the inputs as they are.
  rebase(form) {
    for (const field of form.fields) {
      const known = this.fields.get(field.key);
      if (known) known.before = field.values.map((value) => value.written);
    }
    this.sources?.rebase(form.sources ?? []);
  }

  /// Returns what differs from the form.
  changes() {
    const values = {};
    for (const [key, { made, before }] of this.fields) {
      const now = made.values();
      if (!same(now, before)) values[key] = now;
    }
    const changed = { values };
    if (this.sources?.is_changed()) changed.sources = this.sources.rows();
    return changed;
  }

  /// Shows beside each input what is wrong with it.
  mark(findings, faults) {
    const said = new Map();
    const errors = findings.filter(({ is_error }) => is_error);
    for (const { key, message, is_missing } of [...faults, ...errors]) {
      if (key) said.set(key, new Set([...(said.get(key) ?? []), is_missing ? "fill this in" : this.said(key, message) ?? message]));
    }
    for (const [key, { made }] of this.fields) mark(made, [...(said.get(key) ?? [])]);
    if (this.sources) mark(this.sources, [...(said.get("sources") ?? [])]);
  }

  /// Returns what is wrong with an input in the words of the form, where they are plainer.
  said(key, message) { return key === "sources" && message.startsWith("a source has a ref") ? this.sources?.lack() : null; }

  /// Returns the name by which the form calls a field.
  label(key) { return this.fields.get(key)?.label ?? key; }

  focus(key) {
    const made = key === "sources" ? this.sources : this.fields.get(key)?.made;
    if (!made) return;
    const around = made.box.closest("details");
    if (around) around.open = true;
    (made.box.querySelector("input, textarea, select, button") ?? made.box).focus();
  }
}

function mark(made, messages) {
  say(made.fault, messages.join("; "));
  for (const input of made.box.querySelectorAll("input, textarea, select")) {
    if (messages.length > 0) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

let count = 0;

/// Returns the box, the values and the message of an input.
function input_of(field, picker) {
  const id = `input-${++count}`;
  const written = field.values.map((value) => value.written);
  const fault = element("p", { className: "fault", id: id + "-fault" });
  const help = element("p", { className: "help", id: id + "-help", textContent: field.help });
  const needed = NEEDS[field.need] ? [" ", element("span", { className: "need", textContent: `(${NEEDS[field.need]})` })] : [];
  const title = [field.label, ...needed];
  const described = { "aria-describedby": `${id}-help ${id}-fault` };
  const make = { flag: flag, words: words, notes: notes }[field.sort] ?? texts;
  if (field.is_locked) {
    const words = element("p", { textContent: "This can be changed only in the file." });
    const box = element("div", { className: "field" }, [element("span", { className: "label" }, title), words, fault]);
    return { box, fault, values: () => written };
  }
  return { fault, ...make({ field, id, written, help, fault, title, described, picker }) };
}

function flag({ field, id, written, help, fault, title, described }) {
  const before = written.length > 0 ? written[0] === "true" : field.is_on;
  const input = element("input", { type: "checkbox", id, checked: before, ...described });
  const label = element("label", { htmlFor: id, className: "choice" }, [input, element("span", {}, title)]);
  // What holds without the setting needs none.
  const changed = () => (input.checked === field.is_on ? [] : [String(input.checked)]);
  const values = () => (input.checked === before ? written : changed());
  return { box: element("div", { className: "field" }, [label, help, fault]), values };
}

function words({ field, id, written, help, fault, title, described }) {
  const others = written.filter((word) => !field.words.includes(word));
  const all = [...field.words, ...others];
  if (!field.is_list) {
    const options = ["", ...all].map((word) => element("option", { value: word, textContent: word || "–" }));
    const input = element("select", { id, ...described }, options);
    input.value = written[0] ?? "";
    const label = element("label", { htmlFor: id }, title);
    return { box: element("div", { className: "field" }, [label, help, input, fault]), values: () => (input.value ? [input.value] : []) };
  }
  const boxes = all.map((word) => element("input", { type: "checkbox", value: word, checked: written.includes(word) }));
  const labels = boxes.map((box) => element("label", { className: "choice" }, [box, box.value]));
  const box = element("fieldset", { className: "field", ...described }, [element("legend", {}, title), help, ...labels, fault]);
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  // Words that were there keep their order.
  const values = () => [...written.filter((word) => chosen().includes(word)), ...chosen().filter((word) => !written.includes(word))];
  return { box, values };
}

const line = (value, more) => {
  const input = element("textarea", { rows: value.length > 60 ? 3 : 1, value, dir: "auto", spellcheck: true, ...more });
  // A value stands in one line.
  input.addEventListener("input", () => {
    if (!/[\r\n]/.test(input.value)) return;
    const at = input.selectionStart;
    input.value = input.value.replace(/[\r\n]+/g, " ");
    input.setSelectionRange(at, at);
  });
  input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) event.preventDefault(); });
  return input;
};

function texts({ field, id, written, help, fault, title, described }) {
  const short = { date: { placeholder: "2024-06-24", inputMode: "numeric" }, number: { inputMode: "decimal" } }[field.sort];
  const make = (value, more) => short
    ? element("input", { type: "text", autocomplete: "off", value, ...short, ...more, ...described })
    : line(value, { ...more, ...described });
  if (!field.is_list) {
    const input = make(written[0] ?? "", { id });
    const label = element("label", { htmlFor: id }, title);
    return { box: element("div", { className: "field" }, [label, help, input, fault]), values: () => filled([input.value]) };
  }
  const rows = element("ul", { className: "rows" });
  const add_row = (value) => {
    const input = make(value, { "aria-label": `${field.label}, ${rows.childElementCount + 1}` });
    rows.append(element("li", {}, [input, remover(field.label, value)]));
    return input;
  };
  written.forEach(add_row);
  const add = element("button", { type: "button", textContent: "Add", "aria-label": `Add: ${field.label}`, onclick: () => add_row("").focus() });
  const box = element("fieldset", { className: "field", ...described }, [element("legend", {}, title), help, rows, add, fault]);
  const values = () => filled([...rows.querySelectorAll("input, textarea")].map((input) => input.value));
  return { box, values };
}

const filled = (values) => values.map((value) => value.trim()).filter((value) => value !== "");

function notes({ field, id, help, fault, title, described, picker }) {
  const rows = element("ul", { className: "rows" });
  const add_row = ({ written, shown }) => {
    const name = element("span", { dir: "auto" }, shown === written ? [shown] : [shown, " ", element("code", { textContent: written })]);
    const row = element("li", {}, [name, remover(field.label, shown)]);
    row.dataset.written = written;
    rows.append(row);
  };
  field.values.forEach(add_row);
  const choose = element("button", { type: "button", id, textContent: field.is_list ? "Add …" : "Choose …" });
  choose.setAttribute("aria-label", `${choose.textContent.slice(0, -2)}: ${field.label}`);
  choose.onclick = async () => {
    const chosen = await picker.choose({ title: field.label, kinds: field.kinds, is_open: field.is_open });
    if (!chosen) return;
    if (!field.is_list) rows.replaceChildren();
    if (![...rows.children].some((row) => row.dataset.written === chosen.written)) add_row(chosen);
    tell(rows);
  };
  const box = element("fieldset", { className: "field", ...described }, [element("legend", {}, title), help, rows, choose, fault]);
  return { box, values: () => [...rows.children].map((row) => row.dataset.written) };
}

/// The dialog in which a note is chosen, or made.
export class NotePicker {
  constructor(tools) {
    this.tools = tools;
    const part = (name) => document.getElementById("picker-" + name);
    this.dialog = document.getElementById("picker");
    this.parts = Object.fromEntries(["title", "query", "list", "state", "make", "new", "kind", "kind-label", "open", "close"].map((name) => [name, part(name)]));
  }

  /// Lets a note of some kinds be chosen; returns nothing if none is.
  choose({ title, kinds, is_open }) {
    const { title: heading, query, make, kind, open, close, list, "kind-label": kind_label, new: make_new } = this.parts;
    heading.textContent = `Choose a note: ${title}`;
    query.value = "";
    const all = this.tools.kinds().filter(({ name, folder }) => folder && (kinds.length === 0 || kinds.includes(name)));
    kind.replaceChildren(...all.map(({ name, title }) => element("option", { value: name, textContent: title })));
    make.hidden = all.length === 0;
    kind_label.hidden = all.length < 2;
    open.hidden = !is_open;
    this.kinds = kinds;
    this.dialog.showModal();
    query.focus();
    this.find();
    return new Promise((done) => {
      const end = (chosen) => { this.end = null; this.dialog.close(); done(chosen); };
      this.end = end;
      query.oninput = () => this.find();
      query.onkeydown = (event) => this.key(event);
      list.onclick = (event) => this.take(event.target.closest("li"));
      close.onclick = () => end(null);
      open.onclick = () => { const name = query.value.trim(); if (name) end({ written: name, shown: name }); };
      make_new.onclick = () => this.make_new();
      this.dialog.oncancel = () => end(null);
    });
  }

  async find() {
    const asked = this.asked = {};
    const answer = await this.tools.ask("find", { kinds: this.kinds, query: this.parts.query.value });
    if (asked !== this.asked) return;
    const notes = answer.notes ?? [];
    this.parts.list.replaceChildren(...notes.map(({ written, shown, kind, standing }, at) => {
      const about = element("span", { className: "about" }, [[kind, standing].filter(Boolean).join(", "), " ", element("code", { textContent: written })]);
      const item = element("li", { id: `picker-${at}`, role: "option", "aria-selected": "false" }, [element("bdi", { textContent: shown }), " ", about]);
      Object.assign(item.dataset, { written, shown, kind });
      return item;
    }));
    const more = (answer.count ?? 0) - notes.length;
    say(this.parts.state, answer.message ?? (notes.length === 0 ? "No note is called so" : more > 0 ? `${more} more: type another part of the title` : ""));
    this.mark(this.parts.list.firstElementChild);
  }

  mark(item) {
    for (const other of this.parts.list.children) other.setAttribute("aria-selected", String(other === item));
    if (!item) return this.parts.query.removeAttribute("aria-activedescendant");
    this.parts.query.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const marked = this.parts.list.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown") this.mark(marked?.nextElementSibling ?? this.parts.list.firstElementChild);
    else if (event.key === "ArrowUp") this.mark(marked?.previousElementSibling ?? this.parts.list.lastElementChild);
    else if (event.key === "Enter" && !event.isComposing) this.take(marked);
    else return;
    event.preventDefault();
  }

  take(item) { if (item) this.end?.({ ...item.dataset }); }

  async make_new() {
    const title = this.parts.query.value.trim();
    if (!title) return say(this.parts.state, "Type the title of the new note");
    const answer = await this.tools.ask("new", { title, kind: this.parts.kind.value });
    if (answer.status !== 200) return say(this.parts.state, answer.message);
    this.end?.({ written: answer.written, shown: answer.shown });
  }
}
