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
