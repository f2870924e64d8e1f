// The sources of a note as rows. What is a note and what is an address is told by how it is written, so that one input takes both.
import { element, remover, same, say, tell } from "./edit-tools.js";

const KEYS = ["ref", "title", "url", "locator", "accessed"];
const is_address = (text) => /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^www\./i.test(text);
const with_scheme = (text) => (/^www\./i.test(text) ? "https://" + text : text);

let count = 0;

export class SourceRows {
  constructor(rows, names, picker) {
    [this.picker, this.names] = [picker, { ...names }];
    this.fault = element("p", { className: "fault" });
    this.list = element("div");
    // Rows are numbered anew when one is taken away.
    new MutationObserver(() => this.number()).observe(this.list, { childList: true });
    const help = element("p", { className: "help", textContent: "What the note rests on. A source is a note of this book, or something elsewhere with its web address and title. A book on paper has only a title." });
    const add = element("button", { type: "button", textContent: "Add a source", onclick: () => this.add({}).querySelector("input").focus() });
    this.box = element("fieldset", { className: "field" }, [element("legend", { textContent: "Sources" }), help, this.list, add, this.fault]);
    rows.forEach((row) => this.add(row));
    // A note without sources shows where they go.
    if (rows.length === 0) this.add({});
    this.before = this.rows();
  }

  add(row) {
    const group = element("div", { className: "source", role: "group" });
    if (row.was !== undefined && row.was !== null) group.dataset.was = row.was;
    const input = (name, value, label, help) => {
      const id = `source-${++count}`;
      const made = element("input", { id, name, value: value ?? "", dir: "auto", autocomplete: "off" });
      made.setAttribute("aria-describedby", id + "-help");
      const line = element("div", {}, [element("label", { htmlFor: id, textContent: label }), element("p", { className: "help", id: id + "-help", textContent: help }), made]);
      group.append(line);
      return made;
    };
    const what = input("what", row.ref || row.url, "", "Choose a note, or paste an address such as https://example.org/report.pdf");
    const named = element("p", { className: "named", role: "status" });
    const choose = element("button", { type: "button", textContent: "Choose a note …" });
    choose.onclick = () => this.choose(what);
    what.after(choose, named);
    // A note with an address besides has an input for that; few have.
    if (row.ref && row.url) input("url", row.url, "Its web address", "Where the note says it was published");
    const title = input("title", row.title, "Its title", "The title of the page, report or book; a note has its own");
    const locator = input("locator", row.locator, "Place in it", "Where it says so, such as ¶9, p. 4 or a heading");
    const accessed = input("accessed", row.accessed, "Read on", "The day on which you read the page, such as 2024-06-24");
    group.append(element("p", {}, [remover("the sources", "this source")]));
    const show = () => {
      const words = what.value.trim();
      const is_note = words !== "" && !is_address(words);
      title.parentElement.hidden = is_note && !title.value;
      accessed.parentElement.hidden = !is_address(words) && !accessed.value;
      say(named, is_note ? this.names[words] ?? "" : "");
    };
    what.addEventListener("input", show);
    this.list.append(group);
    this.number();
    show();
    return group;
  }

  number() {
    [...this.list.children].forEach((group, at) => {
      const name = `Source ${at + 1}`;
      group.setAttribute("aria-label", name);
      say(group.querySelector("label"), `${name}: note or web address`);
      group.querySelector("button").setAttribute("aria-label", `Choose a note as source ${at + 1}`);
    });
  }

  async choose(input) {
    const chosen = await this.picker.choose({ title: "Source", kinds: [], is_open: false });
    if (!chosen) return;
    this.names[chosen.written] = chosen.kind ? `${chosen.shown} (${chosen.kind})` : chosen.shown;
    input.value = chosen.written;
    tell(input);
    input.closest(".source").querySelector("[name=locator]").focus();
  }

  /// Returns the rows that hold something, each with its elements.
  filled() {
    const all = [...this.list.children].map((group) => {
      const value = (name) => group.querySelector(`[name=${name}]`)?.value.trim() ?? "";
      const what = value("what");
      const row = { was: group.dataset.was === undefined ? null : Number(group.dataset.was) };
      row.ref = is_address(what) ? "" : what;
      row.title = value("title");
      row.url = is_address(what) ? with_scheme(what) : value("url");
      row.locator = value("locator");
      row.accessed = value("accessed");
      return { group, row };
    });
    return all.filter(({ row }) => KEYS.some((key) => row[key]));
  }

  /// Returns what a source lacks.
  lack() {
    const { list } = this;
    const without = this.filled().filter(({ row }) => !row.ref && !row.title);
    return without.length === 0 ? null : without.map(({ group }) => `Source ${[...list.children].indexOf(group) + 1}: fill in its title, or choose a note`).join("; ");
  }

  rows() { return this.filled().map(({ row }) => row); }

  is_changed() { return !same(this.rows(), this.before); }

  rebase(rows) {
    this.filled().forEach(({ group }, at) => { if (at < rows.length) group.dataset.was = at; });
    this.before = rows.map((row) => ({ was: row.was, ...Object.fromEntries(KEYS.map((key) => [key, row[key]])) }));
  }
}
