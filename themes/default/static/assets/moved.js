// On the page at a former address: leads on to the same part of the page that is elsewhere now, which no
// server hears of. Without a part, and without this script, the page leads on by itself.
if (location.hash) {
  const { to } = document.currentScript.dataset;
  // The refresh that stands further down, which knows no part, is not read any more.
  window.stop();
  location.replace(to + location.hash);
}
