// Filters and sorts the rows of a register in place, keeps what was chosen in the address, and makes files of the rows
// that are shown. Without this script the links of each column lead to pages that hold the same rows.
const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
// A text as a part of a line: if it has letters of the other direction, it does not change the order of its neighbours.
const isolated = (text) => {
  const opposite = document.documentElement.dir === "rtl" ? /[^\P{L}\u0590-\u08ff]/u : /[\u0590-\u08ff]/;
  return opposite.test(text) ? `\u2068${text}\u2069` : text;
};
const isNumber = (text) => text !== "" && !isNaN(text);

class Register {
  #section;
  #words;
  #table;
  #heads;
  #entries;
  #tally;
  // What is said of the number of rows, and of the files, where all rows are shown.
  #whole;
  #files;
  #form = make("form", { className: "filters" });
  // Each has the name that it has in the address, a label, an input, and the column of a facet.
  #filters = [];
  #inferred;
  #sorter;
  #sort = "";
  // The order in which the rows stand in the table.
  #sorted = "";
  #clear;
  #none = make("p", { className: "none", hidden: true });
  #data;
  #order = new Intl.Collator(document.documentElement.lang, { numeric: true });

  constructor(section) {
    this.#section = section;
    this.#words = section.dataset;
    this.#table = section.querySelector("table");
    this.#heads = [...this.#table.tHead.rows[0].cells];
    this.#entries = [...this.#table.tBodies[0].rows].map((row) => this.#entry(row));
    this.#tally = section.querySelector(".tally");
    this.#whole = this.#tally.textContent;
    this.#files = section.querySelector(".downloads span").textContent;
    this.#nameRoles();
    this.#build();
    this.#listen();
    this.#restore();
  }

  // A row with its values, which are read once.
  #entry(row) {
    const value = (span) => {
      const said = [...span.childNodes].filter((node) => !node.matches?.(".reading, .tag"));
      const text = said.map((node) => node.textContent).join("").trim();
      return { text, sort: span.dataset.sort ?? text, inferred: "inferred" in span.dataset, span };
    };
    const title = row.cells[0].textContent.trim();
    const cells = [...row.cells].map((cell, at) =>
      at ? [...cell.querySelectorAll(":scope > span, details > span")].map(value) : [{ text: title, sort: title }]);
    const text = cells.flat().map((one) => one.text).join("\n").toLowerCase();
    return { row, cells, text, url: row.querySelector("a").getAttribute("href").slice(this.#words.root.length) };
  }

  // Cards are no longer a table to some programs that read a page aloud, unless these roles say so.
  #nameRoles() {
    const roles = { "thead, tbody": "rowgroup", tr: "row", td: "cell",
      "thead th": "columnheader", "tbody th": "rowheader" };
    this.#table.setAttribute("role", "table");
    for (const [selector, role] of Object.entries(roles)) {
      for (const element of this.#table.querySelectorAll(selector)) element.setAttribute("role", role);
    }
  }

  #column(name) {
    return this.#heads.findIndex((head) => name && head.dataset.column === name);
  }

  #values(entry, at) {
    return entry.cells[at].filter((value) => !value.inferred || this.#inferred.checked);
  }

  #add(name, label, input, column = -1) {
    input.name = name;
    this.#form.append(make("label", {}, label, input));
    const filter = { label, input, column, fits: (entry) => this.#fits(entry, filter) };
    this.#filters.push(filter);
  }

  #fits(entry, { input, column }) {
    if (column >= 0) return this.#values(entry, column).some((value) => value.text === input.value);
    return input.value.toLowerCase().split(/\s+/).every((word) => entry.text.includes(word));
  }

  #build() {
    const { all, find, sort, clear, inferred } = this.#words;
    const facets = this.#section.querySelector(".facets");
    this.#inferred = make("input", { type: "checkbox", checked: true });
    for (const facet of this.#section.querySelectorAll("[data-facet]")) {
      const column = this.#column(facet.dataset.facet);
      if (column < 0) continue;
      const here = new Set(this.#entries.flatMap((entry) => entry.cells[column].map((value) => value.text)));
      const named = [...facet.querySelectorAll("a")].map((link) => [link.textContent, link]);
      const values = [...new Map(named)].filter(([text]) => here.has(text));
      // All rows of the page of a value agree in it.
      if (values.length < 2 || facet.querySelector("[aria-current]")) continue;
      const options = [new Option(all, ""), ...values.map(([text, { lang, dir }]) => {
        const option = new Option(text, text);
        return lang ? Object.assign(option, { lang, dir }) : option;
      })];
      this.#add(facet.dataset.facet, facet.dataset.label, make("select", {}, ...options), column);
    }
    if (facets) facets.hidden = true;
    this.#add("contains", find, make("input", { type: "search" }));
    // Where the table is too narrow for its head, this sorts instead.
    const named = this.#heads.filter((head) => head.dataset.column);
    const options = named.map((head) => new Option(head.textContent, head.dataset.column));
    this.#sorter = make("select", {}, new Option(this.#words.listed, ""), ...options);
    this.#form.append(make("label", { className: "sorting" }, sort, this.#sorter));
    if (inferred) {
      this.#form.append(make("label", { className: "switch" }, this.#inferred, inferred));
    }
    this.#clear = make("button", { type: "button" }, clear);
    this.#tally.after(this.#clear);
    this.#tally.parentElement.before(this.#form);
    this.#tally.parentElement.after(this.#none);
    for (const head of named) {
      const button = make("button", { type: "button", title: sort }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const name = head.dataset.column;
        this.#sort = this.#sort === name ? `-${name}` : name;
        this.#change(true);
      });
    }
  }

  #listen() {
    this.#form.addEventListener("input", ({ target }) => {
      if (target === this.#sorter) this.#sort = this.#sorter.value;
      // A word that is being typed is one step back, not as many as it has letters.
      this.#change(target.type !== "search" || !location.hash.includes("contains="));
    });
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#clear.addEventListener("click", () => {
      for (const { input } of this.#filters) input.value = "";
      this.#inferred.checked = true;
      this.#sort = "";
      this.#change(true);
      this.#filters[0].input.focus();
    });
    for (const link of this.#section.querySelectorAll(".downloads a")) {
      link.addEventListener("click", (event) => this.#download(event, link));
    }
    addEventListener("hashchange", () => this.#restore());
  }

  #change(isStep) {
    this.#show();
    const state = new URLSearchParams();
    for (const { input } of this.#active()) state.set(input.name, input.value);
    if (!this.#inferred.checked) state.set("inferred", "no");
    if (this.#sort) state.set("sort", this.#sort);
    const address = state.size ? `#${state}` : location.href.split("#")[0];
    history[isStep ? "pushState" : "replaceState"](null, "", address);
  }

  #restore() {
    // The address of a part of the page says nothing of filters.
    if (location.hash && !location.hash.includes("=")) return;
    const state = new URLSearchParams(location.hash.slice(1));
    for (const { input } of this.#filters) {
      const value = state.get(input.name) ?? "";
      input.value = value;
      // A value that no row has is kept, so that the page can say so.
      if (input.value !== value) input.add(new Option(value, value, true, true));
    }
    this.#inferred.checked = state.get("inferred") !== "no";
    this.#sort = state.get("sort") ?? "";
    this.#show();
  }

  #active() {
    return this.#filters.filter(({ input }) => input.value.trim());
  }

  #show() {
    const active = this.#active();
    const counts = new Map(this.#filters.map((filter) => [filter, new Map()]));
    // For each filter, how many rows there would be without it.
    const without = new Map(active.map((filter) => [filter, 0]));
    let shown = 0;
    for (const entry of this.#entries) {
      const failing = active.filter((filter) => !filter.fits(entry));
      entry.row.hidden = failing.length > 0;
      shown += failing.length ? 0 : 1;
      if (failing.length === 1) without.set(failing[0], without.get(failing[0]) + 1);
      for (const [filter, count] of counts) {
        if (filter.column >= 0 && failing.every((other) => other === filter)) this.#count(entry, filter.column, count);
      }
    }
    for (const [{ input, column }, count] of counts) if (column >= 0) this.#label(input, count);
    this.#showInferred();
    this.#showOrder();
    this.#showTally(shown, active);
    this.#showWayOut(shown, without);
  }

  #count(entry, column, count) {
    for (const { text, inferred } of this.#values(entry, column)) {
      const [all, marked] = count.get(text) ?? [0, 0];
      count.set(text, [all + 1, marked + (inferred ? 1 : 0)]);
    }
  }

  #label(select, count) {
    for (const option of [...select.options].slice(1)) {
      const [all, marked] = count.get(option.value) ?? [0, 0];
      option.text = `${isolated(option.value)} (${all}${marked ? `${this.#words.clause}${marked}*` : ""})`;
      option.disabled = all === 0 && !option.selected;
    }
  }

  #showInferred() {
    for (const { span, inferred } of this.#entries.flatMap((entry) => entry.cells.flat())) {
      if (inferred) span.hidden = !this.#inferred.checked;
    }
  }

  #showOrder() {
    const at = this.#column(this.#sort.replace(/^-/, ""));
    const down = this.#sort.startsWith("-") ? -1 : 1;
    const key = (entry) => entry.cells[at].map((value) => value.sort).join(" ");
    const compare = (a, b) => (isNumber(a) && isNumber(b) ? a - b : this.#order.compare(a, b));
    if (this.#sort !== this.#sorted) {
      const sorted = at < 0 ? this.#entries : [...this.#entries].sort((a, b) => down * compare(key(a), key(b)));
      this.#table.tBodies[0].append(...sorted.map((entry) => entry.row));
      this.#sorted = this.#sort;
    }
    this.#sorter.value = this.#sort.replace(/^-/, "");
    this.#heads.forEach((head, number) => {
      if (number === at) head.setAttribute("aria-sort", down < 0 ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }

  #showTally(shown, active) {
    const { shown: some, download, none } = this.#words;
    const count = this.#entries.length;
    const text = shown === count ? this.#whole : fill(some, { shown, count });
    this.#tally.textContent = shown || !count ? text : `${text}. ${none}`;
    this.#clear.hidden = !this.#sort && this.#inferred.checked && active.length === 0;
    this.#tally.dataset.state = this.#state();
    const files = this.#section.querySelector(".downloads");
    files.hidden = !shown;
    files.querySelector("span").textContent = this.#isPart() ? download : this.#files;
  }

  // Where nothing is left, a button for each filter without which there would be rows.
  #showWayOut(shown, without) {
    this.#none.replaceChildren();
    this.#none.hidden = shown > 0;
    this.#table.parentElement.hidden = shown === 0;
    if (shown) return;
    const offer = (text, act) => {
      const button = make("button", { type: "button" }, text);
      button.addEventListener("click", () => { act(); this.#change(true); this.#filters[0].input.focus(); });
      this.#none.append(button, " ");
    };
    for (const [filter, count] of without) {
      if (count) offer(fill(this.#words.without, { filter: this.#say(filter), count }), () => { filter.input.value = ""; });
    }
    if (this.#inferred.checked) return;
    this.#inferred.checked = true;
    const count = this.#entries.filter((entry) => this.#active().every((filter) => filter.fits(entry))).length;
    this.#inferred.checked = false;
    if (count) offer(`${this.#words.inferred}${this.#words.separator}${count}`, () => { this.#inferred.checked = true; });
  }

  #say({ label, input }) {
    return `${label}${this.#words.separator}${isolated(input.value.trim())}`;
  }

  #isPart() {
    if (!this.#words.script) return false;
    return Boolean(this.#words.chosen) || this.#entries.some((entry) => entry.row.hidden);
  }

  // What the shown rows have in common, as a text for files.
  #state() {
    const said = this.#active().map((filter) => this.#say(filter));
    if (this.#words.chosen) said.unshift(this.#words.chosen);
    if (!this.#inferred.checked) said.push(this.#words.stated);
    return said.join(this.#words.clause);
  }

  // The whole register is a file of its own; of some rows a file is made here.
  async #download(event, link) {
    if (!this.#isPart()) return;
    event.preventDefault();
    const { csv, json } = await this.#load();
    const places = new Map(json.rows.map((row, at) => [row.url, at]));
    const rows = [...this.#table.tBodies[0].rows].filter((row) => !row.hidden);
    const urls = new Map(this.#entries.map((entry) => [entry.row, entry.url]));
    const shown = rows.map((row) => places.get(urls.get(row))).filter((at) => at !== undefined);
    const state = this.#state();
    const isJson = new URL(link.href).pathname.endsWith(".json");
    const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
    const line = (at, more) => `${csv[at].trimEnd()},${quoted(more)}\r\n`;
    const text = isJson
      ? JSON.stringify({ ...json, filter: state, rows: shown.map((at) => json.rows[at]) })
      : line(0, this.#words.filter) + shown.map((at) => line(at + 1, state)).join("");
    const name = `${json.title} ${state}`.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").slice(0, 100);
    const type = isJson ? "application/json" : "text/csv";
    const address = URL.createObjectURL(new Blob([text], { type }));
    make("a", { href: address, download: `${name}${isJson ? ".json" : ".csv"}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  #load() {
    this.#data ??= new Promise((done, fail) => {
      window.fieldbookRegister = done;
      document.head.append(make("script", { src: this.#words.script, onerror: fail }));
    });
    return this.#data;
  }
}

for (const register of document.querySelectorAll(".register[data-whole]")) new Register(register);
