//! The pages of this repository's own book, in a real browser.
#![allow(clippy::disallowed_methods, reason = "tests write the site they look at")]

#[path = "../chromium/mod.rs"]
mod chromium;
mod contrast;
mod drawn;
mod faultless;
mod home;
mod keys;
mod languages;
mod moved;
mod register;
mod script;
mod site;
#[path = "../support/mod.rs"]
mod support;
mod tasks;
mod theme;
mod told;
mod weight;

use chromium::Browser;

#[test]
fn the_browser_tells_what_happens() {
    let Some(mut browser) = Browser::launch("what the browser can do") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let page = "<!doctype html><title>One</title><link rel=icon href='data:,'>\
        <a href='two.html'>two</a><script>document.title += 1</script>\
        <script src='gone.js'></script><p style='color: red'>";
    std::fs::write(folder.path().join("one.html"), page).expect("a file");
    std::fs::write(folder.path().join("two.html"), "<!doctype html><title>Two</title>")
        .expect("a file");
    let one = format!("file://{}/one.html", folder.path().display());

    browser.open(&one);
    assert_eq!(browser.text("document.title"), "One1");
    assert_eq!(browser.requests().len(), 2, "{:?}", browser.requests());
    let problems = browser.problems();
    assert!(problems.iter().any(|problem| problem.contains("gone.js")), "{problems:?}");

    browser.press(&["Tab", "Enter"]);
    browser.arrive("two.html");

    browser.scripts(false);
    browser.open(&one);
    assert_eq!(browser.text("document.title"), "One");

    browser.media("", &[("prefers-color-scheme", "dark")]);
    assert_eq!(browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"), true);
    browser.viewport(320, 600);
    assert_eq!(browser.evaluate("innerWidth"), 320);
}
