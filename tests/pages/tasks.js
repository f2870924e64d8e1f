// What a reader does on a page, and where the answer stands. `tasks.rs` calls these functions.

const plain = (text) => text.replace(/\s+/g, " ").trim().toLowerCase();
const isShown = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
const shown = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
// How far below the window an element begins, in CSS pixels.
const beyond = (element) => Math.max(0, Math.round(element.getBoundingClientRect().top - innerHeight));
const withoutPart = (address) => address.split("#")[0];

// Clicks the control of this name: how far below the window it is, and whether it leads to another page.
function click(name) {
  const controls = shown("a[href], button, summary, label");
  const isCalled = (text) => plain(text ?? "") === plain(name);
  const control = controls.find((one) => isCalled(one.textContent) || isCalled(one.getAttribute("aria-label")));
  if (!control) return null;
  const used = [beyond(control), Boolean(control.href) && withoutPart(control.href) !== withoutPart(location.href)];
  window.isBefore = true;
  control.click();
  return used;
}

// Chooses a value of the filter whose label begins with `filter`.
function choose(filter, value) {
  const begins = (element, text) => plain(element.textContent).startsWith(plain(text));
  const label = shown(".filters label").find((one) => begins(one, filter));
  const field = label?.control ?? label?.querySelector("select, input");
  if (!field) return null;
  const away = beyond(field);
  if (field.options) {
    const option = [...field.options].find((one) => begins(one, value));
    if (!option) return null;
    field.value = option.value;
  } else field.value = value;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  return [away, false];
}

// Puts the cursor into the search field that the page shows, if it shows one.
function enterSearch() {
  const field = shown("main input[type=search], dialog input[type=search]").at(-1);
  field?.focus();
  return Boolean(field);
}

// The shown text of an element, with single spaces, and the place of each of its signs.
function textOf(element) {
  let text = "";
  const places = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!isShown(node.parentElement) || node.parentElement.closest("script, style, template")) continue;
    for (let at = 0; at < node.data.length; at++) {
      const sign = /\s/.test(node.data[at]) ? " " : node.data[at];
      if (sign === " " && (text === "" || text.endsWith(" "))) continue;
      text += sign;
      places.push([node, at]);
    }
  }
  return { text, places };
}

// Where a text starts, below the top of the window and of the page: the first that is not above the window.
function placeOf(wanted, within) {
  const tops = [];
  for (const part of shown(within)) {
    const { text, places } = textOf(part);
    const found = (from) => text.toLowerCase().indexOf(plain(wanted), from);
    for (let at = found(0); at >= 0; at = found(at + 1)) {
      const range = document.createRange();
      const [node, start] = places[at];
      range.setStart(node, start);
      range.setEnd(node, start + 1);
      const { top, height } = range.getBoundingClientRect();
      if (height > 0) tops.push(top);
    }
  }
  tops.sort((a, b) => a - b);
  const top = tops.find((one) => one >= 0) ?? tops[0];
  return top === undefined ? null : [Math.round(top), Math.round(top + scrollY)];
}
