// What the pages share on which notes are edited and proposed.

/// Asks the preview for something; returns the status and the answer.
export async function ask(task, data) {
  const body = JSON.stringify(data);
  const headers = { "Content-Type": "application/json" };
  try {
    const response = await fetch("edit/" + task, { method: "POST", headers, body });
    return { status: response.status, ...await response.json() };
  } catch {
    return { status: 0, message: "The preview does not answer. It has stopped, or the network is away." };
  }
}

/// Makes an element with properties and children.
export function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  for (const [key, value] of Object.entries(properties)) if (key.startsWith("aria-") || key === "role" || key === "sandbox") made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/// Sets words that are read out, unless they are there already.
export function say(where, words) { if (where.textContent !== words) where.textContent = words; }

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/// Has a form notice that an input of it was changed by a script.
export const tell = (where) => where.dispatchEvent(new Event("input", { bubbles: true }));

/// Returns the element of the page with an id.
export const part = (id) => document.getElementById(id);

/// Says at the head of the page what was done or is going on.
export const state = (words) => say(part("state"), words);

export const button = (words, work, more = {}) => element("button", { type: "button", textContent: words, onclick: work, ...more });

/// Shows a notice above the rest of the page, and goes there.
export function notice(title, ...parts) {
  const box = part("notice");
  box.replaceChildren(element("h2", { id: "notice-title", textContent: title }), ...parts);
  box.hidden = false;
  box.focus();
  state("");
}

/// Returns a button that takes its row away.
export function remover(label, value) {
  const button = element("button", { type: "button", textContent: "Remove", "aria-label": `Remove ${value || "this"} from ${label}` });
  button.onclick = () => {
    const [row, rows] = [button.closest("li, .source"), button.closest(".field")];
    const beside = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    tell(rows);
    (beside?.querySelector("button, input, textarea") ?? rows.querySelector("button"))?.focus();
  };
  return button;
}
