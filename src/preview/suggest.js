// The page on which the notes saved so far become one proposal. The preview makes it and hands it over; this page asks for
// it by buttons, and for nothing by itself.
import { ask, button, element, notice, part, say, state } from "./edit-tools.js";

const SORTS = { new: "new", changed: "changed", removed: "taken away" };

let changes = null;
let asked = null;

const left_out = () => [...part("files").querySelectorAll("input:not(:checked)")].map((box) => box.value);
const files = (number) => (number === 1 ? "1 file" : `${number} files`);

/// Asks what was changed, and shows it. Only the answer to the last question counts.
async function look(without = left_out()) {
  const question = asked = {};
  state("Comparing …");
  ready(false);
  const answer = await ask("changes", { without });
  if (question !== asked) return;
  if (answer.status !== 200) return state(answer.message);
  changes = answer;
  state("");
  show(without);
}

function ready(is_ready) {
  for (const id of ["make-branch", "make-bundle"]) part(id).disabled = !is_ready;
}

function show(without) {
  const { files: all, others, page, branch, is_in_git } = changes;
  part("nothing").hidden = all.length > 0;
  part("suggest").hidden = all.length === 0;
  say(part("nothing"), branch?.proposal ? "To add to it, edit more notes, save them and come back here."
    : `Nothing to suggest: no note differs from ${is_in_git ? "what is in git" : "the book as it was when the preview was started"}. Edit notes and save them, then come back here.`);
  say(part("since"), is_in_git ? "Compared with what was committed last. Take away the marks of what is not part of this suggestion."
    : "Since the preview was started. Take away the marks of what is not part of this suggestion.");
  const shown = [...part("files").querySelectorAll("input")].map((box) => box.value);
  if (JSON.stringify(shown) !== JSON.stringify(all.map(({ path }) => path))) {
    part("files").replaceChildren(...all.map((file) => row(file, !without.includes(file.path))));
  }
  part("others").hidden = others.length === 0;
  say(part("others"), `Not part of it, since a suggestion holds notes and the files beside them: ${others.join(", ")}`);
  part("shown-changes").hidden = !page;
  if (page) part("alone").href = page;
  frame();
  show_errors();
  show_branch(branch);
}

function row({ path, title, change, is_draft }, is_chosen) {
  const box = element("input", { type: "checkbox", value: path, checked: is_chosen, onchange: () => look() });
  const draft = is_draft ? "; a draft, which readers do not see" : "";
  const name = element("bdi", { textContent: title ?? path.split("/").at(-1) });
  const label = element("label", { className: "choice" }, [box, element("span", {}, [name, element("span", { className: "help", textContent: ` ${SORTS[change]}${draft}` })])]);
  const link = change !== "removed" && path.endsWith(".md") ? [" ", element("a", { href: "edit?path=" + encodeURIComponent(path), textContent: "Edit", "aria-label": `Edit ${title ?? path}` })] : [];
  return element("li", {}, [label, ...link]);
}

/// Shows the comparison, once somebody wants to see it.
function frame() {
  const { page } = changes;
  if (!page || !part("shown-changes").open) return part("compared").replaceChildren();
  part("compared").replaceChildren(element("iframe", { title: "What changes on the site", sandbox: "", src: page }));
}

function show_errors() {
  const { errors, error_count, page } = changes;
  part("wrong").hidden = error_count === 0;
  ready(error_count === 0 && page !== null);
  if (error_count === 0) return;
  const list = errors.map(({ path, line, message }) => element("li", {}, [
    element("a", { href: "edit?path=" + encodeURIComponent(path), textContent: `${path}, line ${line}` }), `: ${message}`]));
  const more = error_count > errors.length ? [element("p", { textContent: `And ${error_count - errors.length} more.` })] : [];
  part("wrong").replaceChildren(
    element("h2", { id: "wrong-title", textContent: "First correct this" }),
    element("p", { textContent: "The book would have errors that it has not now, so this can't be suggested yet. Correct them, or take away the marks of these notes above." }),
    element("ul", {}, list), ...more);
}

// The branch, and the proposal on it.

function show_branch(branch) {
  part("by-branch").hidden = !branch;
  part("proposal").hidden = !branch?.proposal;
  if (!branch) return;
  const goes_on = Boolean(branch.proposal);
  say(part("make-branch"), goes_on ? "Add it to this suggestion" : "Put it on a branch");
  say(part("branch-help"), goes_on
    ? `It is added to the suggestion on the branch ${branch.name}. Nothing is sent yet.`
    : "Puts it on a branch of its own in the git repository of the book, on this machine. Nothing is sent yet.");
  if (!goes_on) return;
  const { title, base, is_sent, page } = branch.proposal;
  const lines = [element("p", {}, [element("bdi", { textContent: title }), element("span", { className: "help", textContent: ` on the branch ${branch.name}` })])];
  if (is_sent) {
    lines.push(element("p", { textContent: page ? "It is sent. Open this page of the code host and confirm it there; if you have done so already, what you added is there too." : "It is sent. Propose it on the page of your code host." }));
    if (page) lines.push(element("p", {}, [element("a", { id: "host-page", href: page, target: "_blank", rel: "noopener", textContent: "Open the page on which it is proposed" })]));
  } else if (branch.server) {
    lines.push(element("p", { textContent: "Nothing of it has left this machine yet." }));
    lines.push(element("p", {}, [button(`Send it to ${branch.server}`, () => send(branch), { id: "send", className: "main" })]));
  } else {
    lines.push(element("p", { textContent: "Git knows no server to which it could be sent. Those who look after the book can take the branch from this machine." }));
  }
  if (base) {
    lines.push(element("p", {}, [button("Make a file of it", () => pack(branch), { id: "pack" })]));
    lines.push(element("p", { className: "help", textContent: `To begin another suggestion, go back to the branch ${base}: the notes are then as they were without this one, which stays on its branch.` }));
    lines.push(element("p", {}, [button(`Go back to ${base}`, () => leave(branch), { id: "leave" })]));
  }
  part("proposal").replaceChildren(element("h2", { id: "proposal-title", textContent: "Your suggestion" }), ...lines);
}

// What buttons do.

async function propose(event) {
  event.preventDefault();
  const form = event.submitter?.value ?? (changes.branch ? "branch" : "bundle");
  state(form === "branch" ? "Putting it on a branch …" : "Making the file …");
  ready(false);
  part("notice").hidden = true;
  const answer = await ask("propose", { title: part("title").value, reason: part("reason").value, without: left_out(), state: changes.state, form });
  ready(true);
  if (answer.status !== 200) {
    notice(answer.message, button("Look again", () => { part("notice").hidden = true; look(); }));
    return;
  }
  if (form === "bundle") {
    return show_file(answer);
  }
  for (const id of ["title", "reason"]) part(id).value = "";
  await look([]);
  state(`${files(answer.count)} put on the branch ${answer.name}. Nothing is sent yet`);
  part("proposal").focus();
}

function show_file({ address, file }) {
  const link = element("a", { id: "file", href: address, download: file, textContent: `Save ${file}` });
  notice("The file is made", element("p", {}, [link]), element("p", { textContent: "Save it, and send it by mail to those who look after the book." }));
  link.focus();
}

async function pack({ name }) {
  state("Making the file …");
  const answer = await ask("pack", { branch: name });
  if (answer.status !== 200) return notice(answer.message);
  show_file(answer);
}

async function send({ name, server }) {
  state(`Sending it to ${server} …`);
  part("send").disabled = true;
  const answer = await ask("send", { branch: name });
  if (answer.status !== 200) {
    part("send").disabled = false;
    return notice(answer.message);
  }
  part("notice").hidden = true;
  show_branch(answer.branch);
  state("It is sent");
  (part("host-page") ?? part("proposal")).focus();
}

async function leave({ name }) {
  const answer = await ask("leave", { branch: name });
  if (answer.status !== 200) return notice(answer.message);
  await look([]);
  state(`You are on the branch ${answer.branch} again`);
}

part("suggest").addEventListener("submit", propose);
part("shown-changes").addEventListener("toggle", frame);
look([]);
