// Turns the link to the overview into a button that opens the search, and loads what searches only
// when it is wanted.
"use strict";
(() => {
  const opener = document.querySelector("a[data-search]");
  if (!opener) return;
  opener.href = opener.dataset.search;
  if (document.getElementById("page.search")) return;
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");

  let loaded = null;
  const open = (before) => {
    loaded ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${opener.dataset.root}assets/search.js`;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    loaded.then(() => window.fieldbookSearch.open(before)).catch(() => location.assign(opener.href));
  };
  const asked = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || (event.key && event.key !== " ")) return;
    event.preventDefault();
    open();
  };
  opener.addEventListener("click", asked);
  opener.addEventListener("keydown", asked);
  // Somebody came back from a result.
  const before = history.state?.fieldbookSearch;
  if (before?.q) open(before);
})();
