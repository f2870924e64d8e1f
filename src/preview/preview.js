// The preview's script in every page. It reloads the page when it changed, replaces style sheets
// without a reload, shows the problems of the book, and copies the place in a note that a passage
// comes from. It isn't part of the site: a build does not write it.
"use strict";
(() => {
  const own = document.currentScript;
  const base = new URL("./", own.src);
  let known = new URLSearchParams(own.dataset.known);
  let events = null;
  let wait = 250;

  // State that a reload would lose.
  const kept = "fieldbook:" + location.pathname;
  const details = () => [...document.querySelectorAll("details")];
  try {
    const state = JSON.parse(sessionStorage.getItem(kept) || "null");
    sessionStorage.removeItem(kept);
    if (state) {
      details().forEach((element, at) => { element.open = state.open[at] ?? element.open; });
      addEventListener("load", () => scrollTo({ left: state.x, top: state.y, behavior: "instant" }));
      scrollTo({ left: state.x, top: state.y, behavior: "instant" });
    }
  } catch { /* A page without storage forgets where it was. */ }

  function reload() {
    stop();
    try {
      const open = details().map((element) => element.open);
      sessionStorage.setItem(kept, JSON.stringify({ x: scrollX, y: scrollY, open }));
    } catch { /* As above. */ }
    location.reload();
  }

  // The current page names the current style sheets; nothing else in it differs.
  async function restyle(print) {
    const response = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (!response || !response.ok) return reload();
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    const script = next.querySelector("script[data-known]");
    if (!script) return reload();
    known = new URLSearchParams(script.dataset.known);
    const sheets = (page) => [...page.querySelectorAll("link[rel~=stylesheet]")];
    const before = sheets(document);
    sheets(next).forEach((link, at) => {
      const url = new URL(link.getAttribute("href"), location);
      if (url.origin === location.origin) url.searchParams.set("v", print);
      const element = link.cloneNode();
      element.href = url;
      // The old style sheet stays until the new one is loaded, so that nothing flashes.
      for (const end of ["load", "error"]) element.addEventListener(end, () => before[at]?.remove());
      document.head.append(element);
    });
  }

  // Events. A browser opens at most six connections to a server, so only a visible page has one.
  function start() {
    if (events || document.hidden) return;
    events = new EventSource(new URL("events?" + known + "&at=" + encodeURIComponent(location.pathname), base));
    events.addEventListener("open", () => { wait = 250; state.textContent = ""; draw(); });
    events.addEventListener("page", reload);
    events.addEventListener("moved", (event) => { stop(); location.replace(event.data + location.hash); });
    events.addEventListener("styles", (event) => restyle(event.data));
    events.addEventListener("problems", (event) => problems(event.data));
    events.addEventListener("error", () => {
      stop();
      state.textContent = "The preview has stopped; this page is not kept up to date.";
      draw();
      wait = Math.min(wait * 2, 4000);
      setTimeout(start, wait);
    });
  }
  function stop() {
    if (events) events.close();
    events = null;
  }
  document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); else start(); });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => { if (event.persisted) start(); });

  // The panel over the page, unaffected by the styles of the site.
  const host = document.createElement("fieldbook-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; pointer-events: none }
    div { font: 15px/1.45 system-ui, sans-serif; color: #fff; direction: ltr; text-align: start }
    .box { clear: both; pointer-events: auto; background: #22252b; border-top: 4px solid #e5484d; max-height: 45vh; overflow: auto; padding: .6rem 1rem }
    .box.mild { border-color: #d9a40b }
    .box[hidden], .said:empty { display: none }
    .said { pointer-events: auto; float: inline-end; background: #22252b; padding: .3rem .8rem; margin: .4rem; border-radius: 6px }
    .box ~ .said { float: none }
    h2 { font-size: 1.05rem; margin: 0 2.5rem .3rem 0 } p { margin: .2rem 0 } ol { margin: .3rem 0; padding-left: 1.4rem }
    li { margin: .6rem 0 } .error strong { color: #ff9592 } .warning strong { color: #ffca16 }
    pre { background: #111; padding: .4rem .6rem; overflow: auto; margin: .2rem 0 } mark { background: #7a1f24; color: #fff }
    .warning mark { background: #5c4813 } code, pre { font: 13px/1.4 ui-monospace, monospace }
    button { float: right; font: inherit; color: inherit; background: none; border: 1px solid #888; border-radius: 6px; cursor: pointer }
    a { color: #9ec5ff; padding: .3rem .2rem; display: inline-block } @media print { div { display: none } }`);
  shadow.adoptedStyleSheets = [sheet];
  const wrap = document.createElement("div");
  const said = (text) => {
    const line = document.createElement("div");
    line.className = "said";
    line.setAttribute("role", "status");
    line.textContent = text;
    wrap.append(line);
    return line;
  };
  // Only a preview in which notes can be edited has this.
  const tools = own.dataset.folder === undefined ? null : said("");
  if (tools) {
    tools.removeAttribute("role");
    const link = (words, query, page = "edit") => {
      const link = document.createElement("a");
      const asked = String(new URLSearchParams(query));
      link.href = new URL(page + (asked && "?" + asked), base);
      link.textContent = words;
      return link;
    };
    if (own.dataset.edit) tools.append(link("Edit", { path: own.dataset.edit }), " ");
    tools.append(link("New here", { folder: own.dataset.folder }), " ");
    tools.append(link("Suggest", {}, "suggest"));
  }
  const note = said(own.dataset.note);
  const state = said("");
  const copied = said("");
  const box = document.createElement("div");
  box.className = "box";
  box.hidden = true;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Problems");
  wrap.append(box);
  shadow.append(wrap);
  function draw() {
    const wanted = tools || !box.hidden || note.textContent || state.textContent || copied.textContent;
    if (wanted && !host.isConnected) document.documentElement.append(host);
    if (!wanted) host.remove();
  }

  // Answers may arrive in another order than they were asked for, or not at all: only the answer to
  // the last question counts, and it is asked again until there is one.
  let asked = 0;
  async function problems(print) {
    known.set("problems", print);
    const question = ++asked;
    const address = new URL("problems?at=" + encodeURIComponent(location.pathname), base);
    const html = await fetch(address).then((response) => response.ok ? response.text() : null).catch(() => null);
    if (question !== asked) return;
    if (html === null) {
      setTimeout(() => { if (question === asked) problems(print); }, 1000);
      return;
    }
    box.hidden = html === "";
    box.innerHTML = html;
    box.classList.toggle("mild", !box.querySelector(".error, .lost"));
    if (html) {
      const close = document.createElement("button");
      close.textContent = "Hide";
      close.addEventListener("click", () => { box.hidden = true; draw(); });
      box.prepend(close);
    }
    draw();
  }

  // A click on a passage copies its place in the sources.
  const blocks = "h1, h2, h3, h4, h5, h6, p, li, pre, blockquote, td, th, dt, dd";
  document.addEventListener("click", async (event) => {
    const target = event.target;
    if (!(target instanceof Element) || event.defaultPrevented || event.button !== 0) return;
    if (target.closest("a, button, input, select, textarea, summary, label, audio, video")) return;
    const block = target.closest(blocks);
    if (!block || !block.closest("main") || String(getSelection())) return;
    const tag = block.localName;
    const nth = [...document.getElementsByTagName(tag)].indexOf(block);
    const query = new URLSearchParams({ at: location.pathname, tag, nth });
    const response = await fetch(new URL("place?" + query, base)).catch(() => null);
    if (!response || !response.ok) return;
    const place = await response.text();
    const done = await navigator.clipboard?.writeText(place).then(() => " is copied", () => "") ?? "";
    copied.textContent = place + done;
    draw();
    setTimeout(() => { copied.textContent = ""; draw(); }, 2500);
  });

  if (Number("0x" + known.get("problems")) || known.get("page") === "") problems(known.get("problems"));
  draw();
  start();
})();
