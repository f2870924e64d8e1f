// The places to search from: a dialog on every page, and the page of the search.

let dialog = null;
// Opens the dialog. What was asked is kept with the page (`before`), so that the way back from a result
// leads to the results.
async function openDialog(before) {
  dialog ??= await makeDialog();
  if (!dialog.box.open) dialog.box.showModal();
  dialog.panel.input.focus();
  if (before) await dialog.panel.set(before);
}

async function makeDialog() {
  const [words, index] = [await loadWords(), await loadIndex()];
  const keep = (state) => history.replaceState({ fieldbookSearch: state }, "");
  const panel = new Panel(words, index, "page.dialog", keep);
  const close = element("button", { type: "button", class: "search-close" }, words["search-close"]);
  const page = element("a", { href: opener.dataset.search }, words["search-page"]);
  const box = element("dialog", { class: "search-dialog", "aria-label": words.search }, close, panel.body,
    element("p", { class: "search-page" }, page));
  close.addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => event.target === box && box.close());
  box.addEventListener("close", () => history.replaceState(null, ""));
  page.addEventListener("click", () => (page.href = opener.dataset.search + addressOf(panel.state())));
  document.body.append(box);
  return { box, panel };
}

// What is asked, as the end of an address, and back.
const addressOf = ({ q, filters = [] }) =>
  `?${new URLSearchParams([["q", q], ...filters.filter(([, value]) => value)])}`;

function addressed() {
  const [q, ...filters] = [...new URLSearchParams(location.search)].sort(([a], [b]) => (b === "q") - (a === "q"));
  return q?.[0] === "q" ? { q: q[1], filters } : { q: "", filters: [] };
}

// Fills the page to search from. Its address holds what is asked.
async function openPage(place) {
  const [words, index] = [await loadWords(), await loadIndex()];
  const panel = new Panel(words, index, "page.search", (state, isOnPurpose) => {
    const address = state.q ? addressOf(state) : location.pathname;
    if (address === location.search) return;
    if (isOnPurpose) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  });
  place.replaceChildren(panel.body);
  window.addEventListener("popstate", () => panel.set(addressed()));
  await panel.set(addressed());
  if (!location.hash) panel.input.focus();
}

// For whoever drives the search from outside: the first pages found with their scores, and the words
// of a text.
window.fieldbookSearch.find = async (text) => {
  const { hits } = await find(text);
  const first = hits.slice(0, NUMBERS.shownAtFirst);
  const notes = await Promise.all(first.map(({ slot }) => noteAt(slot)));
  return notes.map(({ url }, at) => ({ url, score: first[at].score }));
};
window.fieldbookSearch.words = foldedWords;

if (opener) {
  window.fieldbookSearch.open = openDialog;
  const place = document.getElementById("page.search");
  if (place) openPage(place);
}
