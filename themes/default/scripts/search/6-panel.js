// The search as readers see it: a field, filters and results. No part of it writes HTML.

// How long a pause in typing is waited for, and how long a search takes before that is said.
const TYPING_PAUSE = 120;
const SLOW = 400;

// The results that are asked for before the first of them is there.
const FIRST_ASKED = 3;

const pageLanguage = () => document.documentElement.lang;

// A word of the interface with a number, in the plural form of the page's language.
function counted(word, count) {
  const forms = typeof word === "string" ? { other: word } : word;
  const form = forms[new Intl.PluralRules(pageLanguage()).select(count)] ?? Object.values(forms).at(-1);
  return form.replace("{count}", count);
}

// A text as a part of a line: if it has letters of the other direction than the page, it does not change the order of its
// neighbours.
function isolated(text) {
  const opposite = document.documentElement.dir === "rtl" ? /[^\P{L}\u0590-\u08ff]/u : /[\u0590-\u08ff]/;
  return opposite.test(text) ? `\u2068${text}\u2069` : text;
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// The name of a language in that language, as the pages of the book have it.
function languageName({ texts }, language) {
  const name = texts[language]?.[TABLES.interfaceWords.indexOf("language-name")];
  return name ?? language;
}

// The title of a kind in the language of the page, by the one that it has in the language of the book.
const kindName = ({ kindsIn }, title) => kindsIn?.[pageLanguage()]?.[title] ?? title;

const loadWords = async () => wordsOfPage(await loadIndex());

// A date as pages write it (`src/words/moment.rs`), as far as it is known: a day, a month or a year.
function dated(date, words) {
  const [year, month, day] = date.split("-").map(Number);
  const has = (key) => (words[key] === key ? undefined : words[key]);
  const name = (!day && has(`month-alone-${month}`)) || words[`month-${month}`];
  const number = (day === 1 && has("day-1")) || day;
  const pattern = words[day ? "date-day" : month ? "date-month" : "date-year"];
  return fill(pattern, { day: number, month: name, year });
}

// Lets the browser draw, and answer whoever types on.
const pause = () => globalThis.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));

// How a filter shows its values: each form that `src/search/filters.rs` names.
const VALUE_FORMS = {
  text: (value, filter, words, index, titles) => titles?.[value]?.[pageLanguage()] ?? value,
  word: (value, { name }, words) => words[`${name}-${value}`] ?? value,
  kind: (value, filter, words, index) => kindName(index, value),
  language: (value, filter, words, index) => languageName(index, value),
};

// The search itself, in a dialog or on its page. `changed` hears of what is asked, and whether the reader
// asked for it on purpose.
class Panel {
  #words; #index; #id; #changed;
  #status; #filters; #help; #list; #more;
  // The value chosen of each filter, by the place of the filter.
  #chosen = new Map();
  // The number of the last search, so that an answer that comes late is left out.
  #asked = 0;
  #found = null;
  #shown = 0;
  #timer = 0;

  constructor(words, index, id, changed) {
    this.#words = words;
    this.#index = index;
    this.#id = id;
    this.#changed = changed;
    this.input = element("input", { type: "search", name: "q", id: `${id}.q`, autocomplete: "off",
      autocapitalize: "none", spellcheck: "false", "aria-describedby": `${id}.hint`, enterkeyhint: "search" });
    this.#status = element("div", { class: "search-status", role: "status", "aria-live": "polite" });
    this.#filters = element("div", { class: "search-filters", role: "group", "aria-label": words["search-filters"], hidden: true });
    this.#help = element("div", { class: "search-help" });
    this.#list = element("ol", { class: "search-results cards" });
    this.#more = element("button", { type: "button", class: "search-more", hidden: true }, words["search-more"]);
    const form = element("form", { role: "search", class: "search-form", action: opener.dataset.search },
      element("label", { for: `${id}.q` }, words["search-label"]), this.input,
      element("p", { class: "search-hint", id: `${id}.hint` }, words["search-hint"]));
    this.body = element("div", { class: "search-panel" }, form, this.#filters, this.#status, this.#help, this.#list, this.#more);
    this.#listen(form);
  }

  #listen(form) {
    this.input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask().then(() => this.#changed(this.state(), false)), TYPING_PAUSE);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#askOnPurpose();
    });
    this.#more.addEventListener("click", () => this.#showMore());
    this.body.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [this.input, ...this.#list.querySelectorAll("a")];
      const at = stops.indexOf(document.activeElement);
      if (!step || at < 0 || !stops[at + step]) return;
      event.preventDefault();
      stops[at + step].focus();
    });
  }

  #askOnPurpose() {
    clearTimeout(this.#timer);
    return this.#ask().then(() => this.#changed(this.state(), true));
  }

  // What is asked: the text, and the filters with a value by their names.
  state() {
    return { q: this.input.value,
      filters: [...this.#chosen].map(([filter, value]) => [this.#index.filters[filter].name, value]) };
  }

  // Asks what a state says.
  set({ q = "", filters = [] }) {
    this.input.value = q;
    this.#chosen.clear();
    for (const [name, value] of filters) {
      const filter = this.#index.filters.findIndex((known) => known.name === name);
      if (filter >= 0) this.#chosen.set(filter, value);
    }
    return this.#ask(true);
  }

  async #ask(isWhole) {
    const now = ++this.#asked, text = this.input.value;
    if (!text.trim()) {
      for (const part of [this.#status, this.#help, this.#list, this.#filters]) part.replaceChildren();
      this.#filters.hidden = this.#more.hidden = true;
      return;
    }
    const late = setTimeout(() => (this.#status.textContent = this.#words["search-loading"]), SLOW);
    try {
      const answer = await find(text, isWhole);
      clearTimeout(late);
      if (now !== this.#asked) return;
      this.#found = { ...answer, text };
      await this.#show();
    } catch {
      if (now === this.#asked) this.#status.textContent = this.#words["search-failed"];
    } finally {
      clearTimeout(late);
    }
  }

  // The works found of which the chosen values let a version through, and that version first; those of the filter at
  // `except` do not count.
  #fitting(except = -1) {
    const { hits, filed } = this.#found;
    const fits = (slot) => [...this.#chosen].every(([filter, value]) =>
      filter === except || filed.values.get(slot)[filter].includes(value));
    const fitting = hits.map((hit) => ({ ...hit, slots: hit.slots.filter(fits) }));
    return fitting.filter(({ slots }) => slots.length).map((hit) => ({ ...hit, slot: hit.slots[0] }));
  }

  #show() {
    const words = this.#words, count = this.#fitting().length, all = this.#found.hits.length;
    const result = counted(words["search-count"], count);
    const none = all ? words["search-none-filtered"].replace("{count}", all)
      : words["search-none"].replace("{query}", isolated(unquoted(this.#found.text)));
    const remarks = [count ? result : none, ...remarksOn(this.#found, words)];
    this.#status.replaceChildren(...remarks.map((remark) => element("p", {}, remark)));
    this.#list.replaceChildren();
    this.#shown = 0;
    this.#more.hidden = true;
    this.#showFilters();
    return Promise.all([this.#showHelp(count, all), this.#showMore()]);
  }

  async #showHelp(count, all) {
    const now = this.#asked;
    const ask = (text) => {
      this.input.value = text;
      this.input.focus();
      this.#askOnPurpose();
    };
    const help = await helpOn(this.#found, this.#found.text, this.#words, ask);
    if (now !== this.#asked) return;
    if (all && !count) {
      const button = element("button", { type: "button" }, this.#words["search-unfiltered"]);
      button.addEventListener("click", () => {
        this.#chosen.clear();
        this.input.focus();
        this.#askOnPurpose();
      });
      help.unshift(element("p", {}, button));
    }
    this.#help.replaceChildren(...help);
  }

  #showFilters() {
    const filters = this.#index.filters.map((filter, at) => this.#filterOf(filter, at));
    this.#filters.replaceChildren(...filters.filter(Boolean));
    this.#filters.hidden = !this.#filters.childElementCount;
  }

  // A filter with the values of what was found; none if they do not tell the results apart.
  #filterOf(filter, at) {
    const counts = new Map();
    for (const { slots } of this.#fitting(at)) {
      const values = new Set(slots.flatMap((slot) => this.#found.filed.values.get(slot)[at]));
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const own = this.#chosen.get(at);
    if (own !== undefined && !counts.has(own)) counts.set(own, 0);
    if (counts.size < 2 && own === undefined) return null;
    const shownAs = VALUE_FORMS[filter.values], titles = this.#found.filed.titles[at];
    const values = [...counts].map(([value, count]) => [shownAs(value, filter, this.#words, this.#index, titles), value, count]);
    const order = new Intl.Collator(pageLanguage());
    values.sort(([a], [b]) => (filter.descending ? -1 : 1) * order.compare(a, b));
    const options = values.map(([text, value, count]) =>
      element("option", { value, selected: value === own }, `${isolated(text)} (${count})`));
    const id = `${this.#id}.filter.${filter.name}`;
    const select = element("select", { id }, element("option", { value: "" }, this.#words["search-clear"]), ...options);
    select.addEventListener("change", () => {
      if (select.value) this.#chosen.set(at, select.value);
      else this.#chosen.delete(at);
      this.#show();
      this.#changed(this.state(), true);
      document.getElementById(id)?.focus();
    });
    const label = filter.labels?.[pageLanguage()] ?? filter.label ?? this.#words[filter.word];
    return element("p", {}, element("label", { for: id }, label), select);
  }

  async #showMore() {
    const now = this.#asked, from = this.#shown;
    const hits = this.#fitting().slice(from, from + NUMBERS.shownAtFirst);
    const marker = await markerOf(this.#index, this.#found.query);
    if (now !== this.#asked || from !== this.#shown) return;
    this.#shown += hits.length;
    // Each result is shown as soon as it and those before it are there. On a slow line the first would wait for all,
    // so most are asked for when it is there.
    const notes = [];
    const askUpTo = (end) => {
      for (const { slot } of hits.slice(notes.length, end)) notes.push(noteAt(slot).catch(() => null));
    };
    for (const at of hits.keys()) {
      askUpTo(at ? hits.length : FIRST_ASKED);
      const note = await notes[at];
      if (now !== this.#asked) return;
      if (note) this.#list.append(this.#result(note, marker));
      else this.#status.textContent = this.#words["search-failed"];
      await pause();
    }
    if (now !== this.#asked) return;
    this.#more.hidden = this.#shown >= this.#fitting().length;
    if (from) this.#list.children[from]?.querySelector("a")?.focus();
  }

  #result(note, marker) {
    const attributes = { lang: note.language, dir: "auto" };
    const { title, parts, place } = excerptOf(note, this.#found.query, marker, this.#words);
    const part = place?.text ? [" ", element("span", { class: "search-place" }, ...marked(place))] : [];
    const href = root + note.url + (place ? `#${encodeURIComponent(place.anchor)}` : "");
    const link = element("a", { href, ...attributes }, ...marked(title), ...part);
    const said = [kindName(this.#index, note.kind), note.date && dated(note.date, this.#words)].filter(Boolean).join(" · ");
    const about = element("p", { class: "search-about" }, said);
    if (note.language !== pageLanguage()) {
      const name = languageName(this.#index, note.language);
      about.append(" · ", element("span", { lang: note.language, dir: "auto" }, name));
    }
    if (note.past) about.append(" ", element("strong", { class: "tag" }, this.#words["search-past"]));
    const excerpt = parts.flatMap((part, at) => [at ? " … " : "", ...marked(part)]);
    const summary = excerpt.length ? [element("p", { class: "summary", ...attributes }, ...excerpt)] : [];
    return element("li", note.past ? { class: "past" } : {}, link, about, ...summary);
  }
}
