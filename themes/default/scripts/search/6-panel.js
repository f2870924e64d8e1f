// The search as readers see it: a field, filters and results. No part of it writes HTML.

// How long a pause in typing is waited for, and how long a search takes before that is said.
const TYPING_PAUSE = 120;
const SLOW = 400;

const pageLanguage = () => document.documentElement.lang;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// The words of the interface, by their names in `i18n/`.
async function loadWords() {
  const { texts } = await loadIndex();
  const words = texts[pageLanguage()] ?? Object.values(texts)[0] ?? [];
  return Object.fromEntries(TABLES.interfaceWords.map((key, at) => [key, words[at] ?? key]));
}

const dateForms = new Map();
// A date as readers write it, as far as it is known: a day, a month or a year.
function dated(date) {
  const [, month, day] = date.split("-");
  if (!dateForms.has(date.length)) {
    const language = pageLanguage() === "en" ? "en-GB" : pageLanguage();
    const form = { timeZone: "UTC", year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }) };
    dateForms.set(date.length, new Intl.DateTimeFormat(language, form));
  }
  return dateForms.get(date.length).format(new Date(date));
}

// Lets the browser draw, and answer whoever types on.
const pause = () => globalThis.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));

// How a filter shows its values: each form that `src/search/facets.rs` names.
const VALUE_FORMS = {
  text: (value) => value,
  word: (value, { name }, words) => words[`${name}-${value}`] ?? value,
  language(value) {
    try {
      return new Intl.DisplayNames([pageLanguage()], { type: "language" }).of(value);
    } catch {
      return value;
    }
  },
};

// The search itself, in a dialog or on its page. `changed` hears of what is asked, and whether the reader
// asked for it on purpose.
class Panel {
  #words; #index; #id; #changed;
  #status; #filters; #list; #more;
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
    this.#status = element("p", { class: "search-status", role: "status", "aria-live": "polite" });
    this.#filters = element("div", { class: "search-filters", role: "group", "aria-label": words["search-filters"], hidden: true });
    this.#list = element("ol", { class: "search-results cards" });
    this.#more = element("button", { type: "button", class: "search-more", hidden: true }, words["search-more"]);
    const form = element("form", { role: "search", class: "search-form", action: opener.dataset.search },
      element("label", { for: `${id}.q` }, words["search-label"]), this.input,
      element("p", { class: "search-hint", id: `${id}.hint` }, words["search-hint"]));
    this.body = element("div", { class: "search-panel" }, form, this.#filters, this.#status, this.#list, this.#more);
    this.#listen(form);
  }

  #listen(form) {
    this.input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask().then(() => this.#changed(this.state(), false)), TYPING_PAUSE);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.#timer);
      this.#ask().then(() => this.#changed(this.state(), true));
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
      for (const part of [this.#status, this.#list, this.#filters]) part.replaceChildren();
      this.#filters.hidden = this.#more.hidden = true;
      return;
    }
    const late = setTimeout(() => (this.#status.textContent = this.#words["search-loading"]), SLOW);
    try {
      const answer = await find(text, isWhole);
      clearTimeout(late);
      if (now !== this.#asked) return;
      this.#found = answer;
      await this.#show();
    } catch {
      if (now === this.#asked) this.#status.textContent = this.#words["search-failed"];
    } finally {
      clearTimeout(late);
    }
  }

  // The notes found that the chosen values let through; those of the filter at `except` do not count.
  #fitting(except = -1) {
    const { hits, filed } = this.#found;
    return hits.filter(({ slot }) => [...this.#chosen].every(([filter, value]) =>
      filter === except || filed.values.get(slot)[filter].includes(value)));
  }

  #show() {
    const words = this.#words, count = this.#fitting().length, all = this.#found.hits.length;
    if (count) this.#status.textContent = count === 1 ? words["search-one"] : words["search-many"].replace("{count}", count);
    else this.#status.textContent = all ? words["search-none-filtered"].replace("{count}", all) : words["search-none"];
    this.#list.replaceChildren();
    this.#shown = 0;
    this.#more.hidden = true;
    this.#showFilters();
    return this.#showMore();
  }

  #showFilters() {
    const filters = this.#index.filters.map((filter, at) => this.#filterOf(filter, at));
    this.#filters.replaceChildren(...filters.filter(Boolean));
    this.#filters.hidden = !this.#filters.childElementCount;
  }

  // A filter with the values of what was found; none if they do not tell the results apart.
  #filterOf(filter, at) {
    const counts = new Map();
    for (const { slot } of this.#fitting(at)) {
      for (const value of this.#found.filed.values.get(slot)[at]) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const own = this.#chosen.get(at);
    if (own !== undefined && !counts.has(own)) counts.set(own, 0);
    if (counts.size < 2 && own === undefined) return null;
    const shownAs = VALUE_FORMS[filter.values];
    const values = [...counts].map(([value, count]) => [shownAs(value, filter, this.#words), value, count]);
    const order = new Intl.Collator(pageLanguage());
    values.sort(([a], [b]) => (filter.descending ? -1 : 1) * order.compare(a, b));
    const options = values.map(([text, value, count]) =>
      element("option", { value, selected: value === own }, `${text} (${count})`));
    const id = `${this.#id}.filter.${filter.name}`;
    const select = element("select", { id }, element("option", { value: "" }, this.#words["search-clear"]), ...options);
    select.addEventListener("change", () => {
      if (select.value) this.#chosen.set(at, select.value);
      else this.#chosen.delete(at);
      this.#show();
      this.#changed(this.state(), true);
      document.getElementById(id)?.focus();
    });
    return element("p", {}, element("label", { for: id }, filter.label ?? this.#words[filter.word]), select);
  }

  async #showMore() {
    const now = this.#asked, from = this.#shown;
    const hits = this.#fitting().slice(from, from + NUMBERS.shownAtFirst);
    const marker = await markerOf(this.#index, this.#found.query);
    const notes = await Promise.allSettled(hits.map(({ slot }) => noteAt(slot)));
    if (now !== this.#asked || from !== this.#shown) return;
    this.#shown += hits.length;
    for (const { value: note } of notes.filter(({ status }) => status === "fulfilled")) {
      this.#list.append(this.#result(note, marker));
      await pause();
      if (now !== this.#asked) return;
    }
    if (notes.some(({ status }) => status === "rejected")) this.#status.textContent = this.#words["search-failed"];
    this.#more.hidden = this.#shown >= this.#fitting().length;
    if (from) this.#list.children[from]?.querySelector("a")?.focus();
  }

  #result(note, marker) {
    const attributes = { lang: note.language, dir: "auto" };
    const link = element("a", { href: root + note.url, ...attributes },
      ...marked({ text: note.title, marks: marksIn(note.title, marker) }));
    const about = element("p", { class: "search-about" }, [note.kind, note.date && dated(note.date)].filter(Boolean).join(" · "));
    if (note.past) about.append(" ", element("strong", { class: "tag" }, this.#words["search-past"]));
    const excerpt = excerptOf(note, marker);
    const summary = excerpt.text ? [element("p", { class: "summary", ...attributes }, ...marked(excerpt))] : [];
    return element("li", note.past ? { class: "past" } : {}, link, about, ...summary);
  }
}
