// The one script of every page. All can be read and reached without it; it adds three comforts:
// colours as the reader likes them, addresses copied at a click, and the search, fetched when used.
(() => {
  const page = document.documentElement;

  // A browser may refuse to remember; then the choice lasts as long as the page.
  const keep = (value) => {
    try {
      if (value) localStorage.setItem("colours", value);
      else if (value === "") localStorage.removeItem("colours");
      return localStorage.getItem("colours");
    } catch {
      return value;
    }
  };

  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = document.querySelector("[data-dark]");
  const paint = (choice) => {
    if (choice) page.dataset.colours = choice;
    else delete page.dataset.colours;
    dark?.setAttribute("aria-pressed", choice ? choice === "dark" : system.matches);
  };
  paint(keep());
  system.addEventListener("change", () => paint(keep()));
  if (dark) {
    dark.hidden = false;
    dark.addEventListener("click", () => {
      const choice = dark.getAttribute("aria-pressed") === "true" ? "light" : "dark";
      const isSystem = (choice === "dark") === system.matches;
      paint(isSystem ? "" : choice);
      keep(isSystem ? "" : choice);
    });
  }

  // An address is copied as the one the page is published at, where that is known.
  const notice = document.querySelector(".notice");
  const copy = async (hash) => {
    const known = document.querySelector("link[rel=canonical]") ?? location;
    await navigator.clipboard.writeText(known.href.split("#")[0] + hash);
    notice.textContent = notice.dataset.copied;
    setTimeout(() => { notice.textContent = ""; }, 4000);
  };
  if (navigator.clipboard && notice) {
    const button = document.querySelector("[data-copy]");
    if (button) button.hidden = false;
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a.number, [data-copy]");
      // The link of a paragraph leads there all the same, so that a refusal to copy costs nothing.
      if (link && !event.ctrlKey && !event.metaKey) copy(link.hash ?? "").catch(() => {});
    });
  }

  // A term or a footnote opens beside its mention, until its link back, Escape or a click elsewhere.
  document.addEventListener("click", (event) => {
    if (!page.showPopover || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const back = event.target.closest(":popover-open [role=doc-backlink]");
    if (back) {
      event.preventDefault();
      back.closest(":popover-open").hidePopover();
    }
    const link = event.target.closest("a.term, [role=doc-noteref]");
    const told = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!told) return;
    event.preventDefault();
    told.popover = "auto";
    told.tabIndex = -1;
    told.addEventListener("toggle", (closed) => {
      if (closed.newState === "closed") told.removeAttribute("popover");
    });
    told.showPopover({ source: link });
    told.focus({ preventScroll: true });
  });

  // A citation names the paragraph that the address of the page asks for.
  const cited = document.querySelector("[data-cite]");
  if (cited) {
    const here = Object.assign(document.createElement("a"), { className: "cite-here", href: "#page.cite", textContent: cited.dataset.here });
    const cite = () => {
      if (location.hash === here.hash) return;
      const paragraph = document.querySelector(":target")?.closest(".numbered");
      const number = paragraph?.querySelector(".number");
      here.remove();
      if (number) paragraph.append(" ", here);
      const place = cited.querySelector("span"), last = cited.lastElementChild;
      const address = last.textContent.startsWith("http") ? last : null;
      place.textContent = number ? cited.dataset.cite.replace("{number}", number.textContent) : "";
      if (address) address.textContent = address.textContent.split("#")[0] + (number ? location.hash : "");
    };
    addEventListener("hashchange", cite);
    addEventListener("load", cite);
  }

  // What is wanted only when it is used, is fetched then: its place names it in data-load.
  for (const place of document.querySelectorAll("[data-load]")) {
    place.addEventListener("focusin", () => {
      const script = document.createElement("script");
      script.src = place.dataset.load;
      document.head.append(script);
    }, { once: true });
  }
})();

// Turns the link to the overview into a button that opens the search, and loads what searches only
// when it is wanted.
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
      script.src = opener.dataset.script;
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
  // Somebody came back from a result. Who loads the page again wants the page.
  const before = history.state?.fieldbookSearch;
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (before?.q && isBack) open(before);
  else if (before) history.replaceState(null, "");
})();
