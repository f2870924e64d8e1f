// Filters and sorts the rows of a register in place, and keeps what was chosen in the address.
// Without this script the links of each column lead to pages that hold the same rows.
for (const register of document.querySelectorAll(".register[data-whole]")) {
  const table = register.querySelector("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const words = register.dataset;
  const tally = register.querySelector(".tally");
  const whole = tally.textContent;
  const column = (name) => heads.findIndex((head) => head.dataset.column === name);
  const values = (row, at) =>
    at ? [...row.cells[at].children].map((value) => value.textContent.trim()) : [row.cells[0].textContent.trim()];
  const sortKey = (row, at) =>
    at ? [...row.cells[at].children].map((value) => value.dataset.sort ?? value.textContent.trim()).join(" ") : values(row, 0)[0];
  const fields = new Map();
  const form = document.createElement("form");
  form.className = "filters";
  const field = (name, label, input) => {
    const box = document.createElement("label");
    box.append(label, input);
    input.name = name;
    form.append(box);
    fields.set(name, input);
  };
  for (const facet of register.querySelectorAll("[data-facet]")) {
    const at = column(facet.dataset.facet);
    if (at < 0) continue;
    facet.hidden = true;
    // All rows of the page of a value agree in it.
    if (facet.querySelector("[aria-current]")) continue;
    const select = document.createElement("select");
    select.append(new Option(words.all, ""));
    for (const link of facet.querySelectorAll("a")) select.append(new Option(link.textContent));
    field(facet.dataset.facet, facet.dataset.label, select);
  }
  const text = document.createElement("input");
  text.type = "search";
  field("contains", words.find, text);
  // Where the table is too narrow for its head, this sorts instead.
  const sorter = document.createElement("select");
  sorter.append(new Option("", ""), ...heads.map((head) => new Option(head.textContent, head.dataset.column)));
  const sorting = document.createElement("label");
  sorting.className = "sorting";
  sorting.append(words.sort, sorter);
  form.append(sorting);
  const clear = document.createElement("button");
  clear.type = "reset";
  clear.textContent = words.clear;
  form.append(clear);
  register.querySelector(".facets").before(form);

  let sort = "";
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const isNumber = (text) => text !== "" && !isNaN(text);
  const compare = (a, b) => (isNumber(a) && isNumber(b) ? a - b : order.compare(a, b));
  const show = () => {
    const wanted = [...fields].map(([name, input]) => [column(name), input.value]).filter(([, value]) => value);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !wanted.every(([at, value]) =>
        at < 0 ? row.textContent.toLowerCase().includes(value.toLowerCase()) : values(row, at).includes(value));
      shown += row.hidden ? 0 : 1;
    }
    const at = column(sort.replace(/^-/, ""));
    const down = sort.startsWith("-") ? -1 : 1;
    body.append(...(at < 0 ? rows : [...rows].sort((a, b) => down * compare(sortKey(a, at), sortKey(b, at)))));
    sorter.value = sort.replace(/^-/, "");
    heads.forEach((head, number) => {
      if (number === at) head.setAttribute("aria-sort", down < 0 ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    const all = shown === rows.length;
    tally.textContent = all ? whole : words.shown.replace("{shown}", shown).replace("{count}", rows.length);
    clear.hidden = !sort && wanted.length === 0;
  };
  const keep = () => {
    const state = new URLSearchParams();
    for (const [name, input] of fields) if (input.value) state.set(name, input.value);
    if (sort) state.set("sort", sort);
    history.replaceState(null, "", `#${state}`);
  };
  const restore = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const [name, input] of fields) input.value = state.get(name) || "";
    sort = state.get("sort") || "";
    show();
  };
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.title = words.sort;
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const name = head.dataset.column;
      sort = sort === name ? `-${name}` : name;
      show();
      keep();
    });
  }
  sorter.addEventListener("input", () => { sort = sorter.value; });
  form.addEventListener("input", () => { show(); keep(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { sort = ""; show(); keep(); }));
  addEventListener("hashchange", restore);
  restore();
}
