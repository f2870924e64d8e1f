// Returns what is wrong with the direction and the language of the texts of a page: a text of the other direction that can
// move its neighbours, and a text in Latin letters that is said to be in a language without them. `written` is all that
// the writers of the book and of the interface wrote, in which a text may mix directions; `names` are the names and codes that stand in every
// language.
(written, names) => {
  const page = document.documentElement;
  const faults = [];
  const rtl = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]/;
  const ltr = /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe])\p{L}/u;
  const opposite = (direction) => (direction === "rtl" ? ltr : rtl);
  const isolated = /[\u2066-\u2068][^\u2069]*\u2069/g;
  const tidy = (text) => text.replace(/\s+/g, " ").trim();
  const rest = (text) => tidy(text.replace(isolated, ""));
  const known = tidy(written);
  const shown = (element) => element.cloneNode(false).outerHTML.slice(0, 90);
  const tell = (fault, text, element) => faults.push(`${fault}: "${tidy(text)}" in ${shown(element)}`);

  // The element from which nothing in it moves what is around it.
  const container = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { display, unicodeBidi } = getComputedStyle(at);
      if (/isolate|plaintext/.test(unicodeBidi) || !/^(inline|contents)$/.test(display)) return at;
    }
    return page;
  };
  const own = (box) => {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) if (container(walker.currentNode.parentElement) === box) text += walker.currentNode.data;
    return tidy(text);
  };
  const isProse = (element) => element.closest(".text, .excerpt") &&
    !element.closest(".sources, .changes, .terms, .cite, .cited, .embed-source, .said");
  const joined = (text, direction) => {
    const left = rest(text);
    return opposite(direction).test(left) && !known.includes(left) && !/^(https?:\/\/)?\S+$/.test(left);
  };

  const isForeign = (text, element) => {
    const language = element.closest("[lang]").getAttribute("lang").split("-")[0];
    if (!["ar", "ru", "zh", "uk"].includes(language)) return false;
    if (element.closest("code, pre, math, script, style")) return false;
    let left = text.replace(/\S*[\/@.]\S*\.\S+|https?:\S+/g, "");
    for (const name of names) left = left.replaceAll(name, "");
    return /\p{Script=Latin}{2}/u.test(left);
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data, element = walker.currentNode.parentElement;
    if (!tidy(text) || element.closest("script, style, noscript, option")) continue;
    if (isForeign(text, element)) tell("unmarked", text, element);
    const box = container(element), { direction } = getComputedStyle(box);
    if (isProse(element) || element.closest("svg, math, code, pre")) continue;
    if (opposite(direction).test(rest(text)) && own(box) !== tidy(text)) tell("not isolated", text, box);
    else if (joined(text, direction)) tell("joined", text, element);
  }
  for (const element of document.querySelectorAll("body, body *, title")) {
    const attributes = element.tagName === "TITLE" ? [] : ["aria-label", "title", "alt", "placeholder"];
    const texts = attributes.map((name) => element.getAttribute(name)).filter(Boolean);
    if (/^(title|option)$/i.test(element.tagName)) texts.push(element.textContent);
    for (const text of texts) {
      if (isForeign(text, element) && element.tagName !== "TITLE") tell("unmarked", text, element);
      if (joined(text, getComputedStyle(element).direction)) tell("joined", text, element);
    }
  }
  return [...new Set(faults)];
}
