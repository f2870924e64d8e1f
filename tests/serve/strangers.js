// What a page elsewhere can try to learn of the preview. Each way says what came of it: whatever is
// there must look like what is not, and nothing may be read.
"use strict";

// How long anything may take that comes to an end by itself.
const SECONDS = 20;

// What was read, by whatever way.
window.read = [];
window.fieldbookSearch = (key, data) => { read.push(JSON.stringify([key, data])); };

const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

function element(name, attributes) {
  return new Promise((done) => {
    const made = document.createElement(name);
    made.onload = () => done("load");
    made.onloadeddata = () => done("load");
    made.onerror = () => done("error");
    Object.assign(made, attributes);
    document.body.append(made);
    setTimeout(done, SECONDS * 1000, "nothing");
  });
}

function source(made, ...events) {
  return new Promise((done) => {
    for (const event of events) made.addEventListener(event, () => { made.close?.(); done(event); });
    setTimeout(done, SECONDS * 1000, "nothing");
  });
}

const fetched = (url, options) => fetch(url, options).then(async (response) => {
  const text = await response.text();
  if (text) read.push(text);
  return `${response.type} ${response.status}`;
}, (error) => error.name);

async function framed(name, url) {
  const made = document.createElement(name);
  const loaded = new Promise((done) => { made.onload = () => done("load"); });
  made.src = url;
  document.body.append(made);
  const came = await Promise.race([loaded, wait(SECONDS)]);
  const inside = made.contentDocument?.body?.innerText;
  if (inside) read.push(inside);
  return `${came} ${made.contentWindow?.length} ${made.contentDocument}`;
}

window.ways = {
  script: (url) => element("script", { src: url }),
  quietScript: (url) => element("script", { src: url, referrerPolicy: "no-referrer" }),
  sharedScript: (url) => element("script", { src: url, crossOrigin: "anonymous" }),
  module: (url) => element("script", { src: url, type: "module" }),
  imported: (url) => import(url).then(() => "load", (error) => error.name),
  image: (url) => element("img", { src: url }),
  style: (url) => element("link", { rel: "stylesheet", href: url }),
  prefetch: (url) => element("link", { rel: "prefetch", href: url }),
  preload: (url) => element("link", { rel: "preload", as: "script", href: url }),
  modulepreload: (url) => element("link", { rel: "modulepreload", href: url }),
  video: (url) => Promise.race([element("video", { src: url, preload: "auto" }), wait(1)]),
  object: (url) => element("object", { data: url }),
  font: (url) => new FontFace("f", `url(${url})`).load().then(() => "load", (error) => error.name),
  plainFetch: (url) => fetched(url),
  opaqueFetch: (url) => fetched(url, { mode: "no-cors" }),
  quietFetch: (url) => fetched(url, { mode: "no-cors", referrerPolicy: "no-referrer" }),
  headFetch: (url) => fetched(url, { mode: "no-cors", method: "HEAD" }),
  rangeFetch: (url) => fetched(url, { mode: "no-cors", headers: { Range: "bytes=0-0" } }),
  post: (url) => fetched(url, { mode: "no-cors", method: "POST", body: "x" }),
  events: (url) => source(new EventSource(url), "open", "error"),
  socket: (url) => source(new WebSocket(url.replace("http:", "ws:")), "open", "error"),
  worker: (url) => {
    try {
      return source(new Worker(url), "message", "error");
    } catch (error) {
      return error.name;
    }
  },
  // A worker of this origin that takes the script in.
  workerImport: (url) => {
    const code = `try { importScripts(${JSON.stringify(url)}); postMessage("load"); } catch (e) { postMessage(e.name); }`;
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    return new Promise((done) => { worker.onmessage = (event) => done(event.data); });
  },
  frame: (url) => framed("iframe", url),
  embed: (url) => Promise.race([framed("embed", url), wait(1)]),
  // What is opened in a window of its own: whether this page still has a hold on it.
  window: async (url) => {
    const opened = window.open(url);
    // A page that is behind another hears its clock once a second. One that keeps its hold has it then.
    for (let n = 0; n < 8 && !opened.closed; n++) await wait(1);
    let inside = "";
    try { inside = opened.document.body.innerText; } catch (error) { inside = error.name; }
    return `${opened.closed} ${opened.length} ${inside}`;
  },
};

// What comes of each way, by its name.
window.attack = async (url) => {
  const tried = Object.entries(ways).map(async ([name, way]) => [name, await way(url)]);
  return Object.fromEntries(await Promise.all(tried));
};
