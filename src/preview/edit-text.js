// The text of a note: a plain text area with buttons that write Markdown, links to notes, pictures and passages from Word.
import { NotePicker } from "./edit-inputs.js";
import { element } from "./edit-tools.js";

/// The most bytes of a picture.
const MAX_PICTURE = 20 * 1024 * 1024;

export class TextInput {
  constructor(area, bar, tools) {
    [this.area, this.tools] = [area, tools];
    const around = (sign, words) => () => this.around(sign, words);
    const lines = (begin) => () => this.lines(begin);
    const buttons = [
      ["Bold", "Control+B", around("**", "bold")], ["Italic", "Control+I", around("*", "italic")],
      ["Link", "Control+K", () => this.link()], ["Heading", "", lines("## ")], ["List", "", lines("- ")],
      ["Quote", "", lines("> ")], ["Note …", "", () => this.note(0)], ["Picture …", "", () => this.choose_picture()],
    ];
    bar.replaceChildren(...buttons.map(([words, keys, work]) => {
      const button = element("button", { type: "button", textContent: words, onclick: work });
      if (keys) button.setAttribute("aria-keyshortcuts", keys);
      return button;
    }));
    area.addEventListener("keydown", (event) => {
      const work = (event.ctrlKey || event.metaKey) && !event.altKey && { b: around("**", "bold"), i: around("*", "italic"), k: () => this.link() }[event.key];
      if (!work) return;
      event.preventDefault();
      work();
    });
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing) this.entered(event);
    });
    area.addEventListener("input", (event) => this.typed(event));
    area.addEventListener("paste", (event) => this.pasted(event));
    area.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); area.classList.add("over"); } });
    area.addEventListener("dragleave", () => area.classList.remove("over"));
    area.addEventListener("drop", (event) => this.dropped(event));
  }

  get value() { return this.area.value; }
  fill(text) { if (this.area.value !== text) this.area.value = text; }
  focus() { this.area.focus(); }

  /// Selects a part and brings it into view.
  select(start, end) {
    const { area } = this;
    area.focus();
    // A text area scrolls to a place only when something is typed there, so the lines above are measured.
    const lines = area.value.slice(0, start).split("\n").length - 1;
    area.scrollTop = Math.max(0, (lines - 3) * parseFloat(getComputedStyle(area).lineHeight));
    area.setSelectionRange(start, end);
  }

  /// Replaces a part as if it was typed, so that the browser can undo it.
  put(text, start = this.area.selectionStart, end = this.area.selectionEnd) {
    const { area } = this;
    area.focus();
    area.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /// Puts signs around what is chosen, or takes them away if it has them. At the end of such a passage it goes on behind it.
  around(sign, words) {
    const { selectionStart: start, selectionEnd: end, value } = this.area;
    const n = sign.length;
    const alone = (at) => value.slice(at, at + n) === sign && (n > 1 || (value[at - 1] !== "*" && value[at + 1] !== "*"));
    if (start === end && alone(end)) return this.area.setSelectionRange(end + n, end + n);
    if (start < end && alone(start - n) && alone(end)) {
      this.put(value.slice(start, end), start - n, end + n);
      return this.area.setSelectionRange(start - n, end - n);
    }
    const inside = value.slice(start, end) || words;
    this.put(sign + inside + sign);
    this.area.setSelectionRange(start + sign.length, start + sign.length + inside.length);
  }

  link() {
    const { selectionStart: start, selectionEnd: end, value } = this.area;
    const inside = value.slice(start, end) || "words";
    this.put(`[${inside}](https://)`);
    const at = start + inside.length + 3;
    this.area.setSelectionRange(at, at + "https://".length);
  }

  /// Writes something at the beginning of each chosen line, or takes it away if all have it.
  lines(begin) {
    const { value, selectionStart, selectionEnd } = this.area;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const next = value.indexOf("\n", selectionEnd);
    const end = next < 0 ? value.length : next;
    const all = value.slice(start, end).split("\n");
    const has = all.every((line) => line.startsWith(begin));
    this.put(all.map((line) => (has ? line.slice(begin.length) : begin + line)).join("\n"), start, end);
  }

  /// Begins a paragraph or the next item of a list, as a word processor does. In code and tables a line stays a line.
  entered(event) {
    const { selectionStart: at, selectionEnd: end, value } = this.area;
    const start = value.lastIndexOf("\n", at - 1) + 1;
    const line = value.slice(start, at);
    const is_at_end = at === end && (at === value.length || value[at] === "\n");
    const is_code = value.slice(0, start).split("\n").filter((line) => /^ {0,3}(```|~~~)/.test(line)).length % 2 === 1;
    if (!is_at_end || is_code) return;
    const item = /^(\s*)([-*+]|(\d+)([.)]))(\s+)(.*)$/.exec(line);
    if (item && !item[6]) {
      event.preventDefault();
      // What follows would belong to the last item without an empty line.
      this.put("\n", start, at);
    } else if (item) {
      event.preventDefault();
      this.put(`\n${item[1]}${item[3] ? Number(item[3]) + 1 + item[4] : item[2]}${item[5]}`);
    } else if (line.trim() && !/^\s*([|>]|```|~~~|\+\+\+|---)/.test(line) && !/^(\t| {4})/.test(line)) {
      event.preventDefault();
      this.put("\n\n");
    }
  }

  typed(event) {
    const { selectionStart: at, value } = this.area;
    if (event.inputType === "insertText" && event.data === "[" && !event.isComposing && value.slice(at - 2, at) === "[[") this.note(2);
  }

  /// Lets a note be chosen and writes a link to it in the place of the signs before the cursor.
  async note(signs) {
    const { selectionStart: start, selectionEnd: end, value } = this.area;
    this.picker ??= new NotePicker(this.tools);
    const chosen = await this.picker.choose({ title: "link", kinds: [], is_open: false });
    this.area.focus();
    this.area.setSelectionRange(start, end);
    if (!chosen) return;
    const words = value.slice(start, end);
    this.put(words ? `[[${chosen.written}|${words}]]` : `[[${chosen.written}]]`, start - signs, end);
  }

  // Pictures.

  choose_picture() {
    const input = element("input", { type: "file", accept: "image/*" });
    input.onchange = () => this.picture(input.files[0]);
    input.click();
  }

  dropped(event) {
    this.area.classList.remove("over");
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    event.preventDefault();
    this.pictures(files);
  }

  async pictures(files) { for (const file of files) await this.picture(file); }

  async picture(file) {
    if (!file) return;
    if (file.size > MAX_PICTURE) return this.tools.state(`${file.name} is larger than 20 MB; make it smaller first`);
    const address = await new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(file);
    });
    const data = address.slice(address.indexOf(",") + 1);
    const answer = await this.tools.ask("picture", { path: this.tools.path(), name: file.name || "picture.png", data });
    if (answer.status !== 200) return this.tools.state(answer.message);
    const start = this.area.selectionStart;
    this.put(answer.markdown);
    // What it shows is written between the brackets.
    this.area.setSelectionRange(start + 2, start + 2);
    this.tools.state(`${answer.path} is there. Type what the picture shows, for those who can't see it`);
  }

  // Passages from Word and from pages.

  /// Returns a text with empty lines around it, if it has several lines and stands within one.
  parted(text) {
    const { value, selectionStart, selectionEnd } = this.area;
    if (!text.includes("\n")) return text;
    const [before, after] = [value.slice(0, selectionStart), value.slice(selectionEnd)];
    return (/[^\n]$/.test(before) ? "\n\n" : "") + text + (/^[^\n]/.test(after) ? "\n\n" : "");
  }

  async pasted(event) {
    const { clipboardData: data } = event;
    const html = data.getData("text/html");
    const files = [...data.files].filter((file) => file.type.startsWith("image/"));
    if (!html && files.length > 0) {
      event.preventDefault();
      return this.pictures(files);
    }
    // Editors of code put plain text on the clipboard with colours.
    if (!/<(h[1-6]|ul|ol|li|table|a|strong|b|em|i|p)\b/i.test(html) || /<pre\b|vscode/i.test(html)) return;
    event.preventDefault();
    const plain = data.getData("text/plain");
    const answer = await this.tools.ask("paste", { html });
    this.put(answer.status === 200 && answer.text ? this.parted(answer.text) : plain);
    const remarks = answer.remarks ?? [];
    this.tools.state(answer.status === 200 ? ["Pasted as Markdown", ...remarks].join("; ") : answer.message);
  }
}
