// The page on which a note is edited. It holds the text of which the form was made ("base") and asks the preview what the
// changes make of it; the preview alone writes notes.
import { FieldInputs } from "./edit-inputs.js";
import { TextInput } from "./edit-text.js";
import { ask, button, element, notice, part, say, state } from "./edit-tools.js";

const query = new URLSearchParams(location.search);
// Questions do not pile up, so the pause only joins what is typed at once.
const WAIT = 20;

let note = null;
let inputs = null;
let text = null;
let is_asking = false;
let is_due = false;
let timer = 0;

function changes() {
  const changed = inputs.changes();
  if (text.value !== note.form.text) changed.text = text.value;
  return changed;
}

function is_changed() {
  const { values, sources, text: words } = changes();
  return Object.keys(values).length > 0 || sources !== undefined || words !== undefined;
}

// What a fix made is not on the disk either.
const is_unsaved = () => note.is_mended || is_changed();

const draft = () => ({ path: note.path, base: note.base, changes: changes() });

// Opening.

function fill(answer) {
  note = { ...note, ...answer };
  const form = note.form;
  inputs.fill(form);
  text.fill(form.text);
  for (const id of ["actions", "fields", "writing", "shown"]) part(id).hidden = false;
  part("fields").hidden = !form.is_readable;
  part("path").textContent = `${form.kind}, ${note.path}`;
  part("view").href = note.page ?? "/";
  show_title();
  show_undo(note.undo);
}

function show_title() {
  const title = note.form.fields.find((field) => field.key === "title")?.values[0]?.shown ?? note.path;
  part("name").textContent = title;
  document.title = "Edit: " + title;
}

/// Shows whether something can be undone: a save, or the making of the note.
function show_undo(what) {
  note.undo = what;
  part("undo").disabled = !what;
}

async function open(path) {
  const answer = await ask("open", { path });
  if (answer.status !== 200) return state(answer.message);
  close_notice();
  fill(answer);
  look();
}

// The page while typing. One question is asked at a time, and the last one always.

function soon() {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
  state(is_unsaved() ? "Not saved yet" : "");
}

async function look() {
  if (is_asking) {
    is_due = true;
    return;
  }
  is_asking = true;
  do {
    is_due = false;
    const answer = await ask("look", draft());
    if (answer.status === 200) show(answer);
    else state(answer.message);
  } while (is_due);
  is_asking = false;
}

function show(answer) {
  frame(answer.page);
  part("no-page").hidden = answer.page !== null;
  show_findings(answer.findings, answer.faults, answer.count);
}

let front = null;
let next = null;
function frame(address) {
  if (!address) return;
  const frame = next ?? element("iframe", { title: "The page as readers will see it", sandbox: "allow-same-origin", className: "behind" });
  frame.inert = true;
  next = frame;
  frame.onload = () => {
    if (next !== frame) return;
    const [to, from] = [frame.contentDocument, front?.contentDocument];
    to.addEventListener("click", stay);
    if (from) frame.contentWindow.scrollTo({ left: from.defaultView.scrollX, top: from.defaultView.scrollY, behavior: "instant" });
    frame.className = "";
    frame.inert = false;
    front?.remove();
    [front, next] = [frame, null];
    document.body.dataset.shown = address;
  };
  frame.src = address;
  if (!frame.isConnected) part("frames").append(frame);
}

// A link in the frame leads to another part of the page, or nowhere: other pages are not shown in frames.
function stay(event) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  event.preventDefault();
  if (link.hash && link.pathname === event.view.location.pathname) {
    link.ownerDocument.getElementById(decodeURIComponent(link.hash.slice(1)))?.scrollIntoView();
  }
}

function show_findings(findings, faults, count = findings.length + faults.length) {
  inputs.mark(findings, faults);
  say(part("count"), count === 0 ? "No problems" : count === 1 ? "1 problem" : `${count} problems`);
  part("findings").replaceChildren(...faults.map(fault), ...findings.map(finding));
}

const fault = ({ key, message }) => {
  const go = element("button", { type: "button", textContent: "Go there", onclick: () => inputs.focus(key) });
  return element("li", { className: "error" }, [element("p", {}, [element("strong", { textContent: "error " }), message, " ", go])]);
};

/// Returns the words for a problem.
const said = ({ key, message, is_missing }) => (is_missing ? `${inputs.label(key)}: fill this in` : inputs.said(key, message) ?? message);

function finding(found) {
  const { file, is_error, line, place, key, is_missing, fixes } = found;
  const message = said(found);
  const help = is_missing || message !== found.message ? [] : found.help;
  const sort = is_error ? "error" : "warning";
  const item = element("li", { className: sort });
  const where = file ?? (is_missing || message !== found.message ? "Go there" : `line ${line}`);
  const go = element("button", { type: "button", textContent: where });
  go.onclick = () => (place ? text.select(...place) : inputs.focus(key));
  item.append(element("p", {}, [element("strong", { textContent: sort + " " }), file || (!place && !key) ? where : go, " ", message]));
  item.append(...help.map((sentence) => element("p", { className: "help", textContent: sentence })));
  item.append(...fixes.map((fix) => {
    const button = element("button", { type: "button", textContent: fix });
    button.onclick = () => mend({ note: draft(), message: found.message, line, fix });
    return button;
  }));
  return item;
}

async function mend(asked) {
  const answer = await ask("fix", asked);
  if (answer.status !== 200) return state(answer.message);
  fill(answer);
  note.is_mended = true;
  state("Corrected, not saved yet");
  text.focus();
  look();
}

// Saving.

async function save(as_draft = false) {
  const asked = { note: draft(), fingerprint: note.fingerprint, as_draft };
  state("Saving …");
  const answer = await ask("save", asked);
  if (answer.status === 200) {
    close_notice();
    note = { ...note, ...answer, is_mended: false };
    inputs.rebase(note.form);
    show_title();
    show_undo(answer.undo);
    state(answer.is_saved ? "Saved" : "Nothing to save: nothing was changed");
    look();
  } else if (answer.status === 409) {
    show_conflict(answer);
  } else if (answer.status === 422) {
    show_refusal(answer);
  } else {
    state(answer.message);
  }
}

function close_notice() { part("notice").hidden = true; }

function show_refusal({ message, faults, findings, can_be_draft }) {
  if (!findings) return notice(message, button("Close", close_notice));
  show_findings(findings, faults);
  const list = element("ul", {}, [...faults, ...findings].map((found) => {
    const where = found.file ? `${found.file}: ` : "";
    return element("li", { textContent: where + said(found) });
  }));
  const actions = element("p", {}, [button("Close", close_notice)]);
  if (can_be_draft) {
    const words = "You can correct this, or save the note as a draft, which readers do not see.";
    actions.prepend(element("p", { textContent: words }), button("Save as a draft", () => save(true)), " ");
  }
  notice(message, list, actions);
}

function show_conflict({ message, text: theirs, yours, fingerprint }) {
  const shown = (words, value) => element("label", {}, [words, element("textarea", { readOnly: true, value, dir: "auto" })]);
  const both = element("div", { className: "both" }, [shown("Yours, not saved", yours), shown("On the disk", theirs)]);
  const keep = button("Write mine over it", () => { note.fingerprint = fingerprint; save(); });
  const take = button("Take the one on the disk", () => open(note.path));
  const words = "Copy what you need from one to the other, or choose one of them.";
  notice(message, element("p", { textContent: words }), both, element("p", {}, [keep, " ", take, " ", button("Close", close_notice)]));
}

async function undo() {
  if (note.undo === "making" && !confirm("This note was just made. Take it away?")) return;
  if (is_unsaved() && !confirm("What you have typed since is lost. Undo the last save?")) return;
  const answer = await ask("undo", { path: note.path });
  if (answer.status !== 200) return state(answer.message);
  if (answer.is_gone) return location.assign("/");
  await open(note.path);
  state("The last save is undone");
}

// The start.

function begin() {
  const tools = { ask, state, path: () => note.path, kinds: () => note.kinds };
  text = new TextInput(part("text"), part("bar"), tools);
  inputs = new FieldInputs(part("fields"), tools);
  for (const id of ["fields", "text"]) part(id).addEventListener("input", soon);
  part("fields").addEventListener("submit", (event) => event.preventDefault());
  part("save").onclick = () => save();
  part("undo").onclick = undo;
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      if (note) save();
    }
  });
  addEventListener("beforeunload", (event) => { if (note && is_unsaved()) event.preventDefault(); });
  if (query.has("path")) return open(query.get("path"));
  return create(query.get("folder") ?? "");
}

/// Lets a note be made: of the kind to which the folder belongs, unless another is chosen.
async function create(folder) {
  part("name").textContent = document.title = "New note";
  const { status, message, kinds } = await ask("kinds", {});
  if (status !== 200) return state(message);
  const of_folder = kinds.filter((kind) => kind.folder && (folder + "/").startsWith(kind.folder + "/")).sort((a, b) => b.folder.length - a.folder.length)[0];
  const options = kinds.filter((kind) => kind.folder).map(({ name, title }) => element("option", { value: "=" + name, textContent: title }));
  const choose = element("option", { value: "", textContent: "Choose …", disabled: true });
  const other = element("option", { value: "here", textContent: folder ? `Something else, in ${folder}/` : "A page of its own, of no kind" });
  part("create-kind").replaceChildren(choose, ...options, ...(of_folder ? [] : [other]));
  part("create-kind").value = of_folder ? "=" + of_folder.name : folder || options.length === 0 ? "here" : "";
  part("create").hidden = false;
  part(part("create-kind").value ? "create-title" : "create-kind").focus();
  part("create").onsubmit = async (event) => {
    event.preventDefault();
    const kind = part("create-kind").value.slice(1);
    const is_here = part("create-kind").value === "here" || kind === of_folder?.name;
    const answer = await ask("new", { title: part("create-title").value, ...(is_here ? { folder } : { kind }) });
    if (answer.status !== 200) return state(answer.message);
    location.replace("edit?path=" + encodeURIComponent(answer.path));
  };
}

begin();
