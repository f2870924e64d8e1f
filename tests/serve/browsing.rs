//! The writer's view, in a real browser.

use crate::chromium::Browser;
use crate::client::Preview;
use crate::support::book::Book;

/// The number of files that are broken and repaired in turn.
const BROKEN: usize = 50;

fn note(title: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\n\n{text}\n")
}

/// A script that returns the text of the messages over the page.
const OVERLAY: &str = "(document.querySelector('fieldbook-preview')?.shadowRoot.textContent ?? '')";

fn shows(browser: &mut Browser, part: &str) {
    browser
        .until(&format!("document.querySelector('main')?.innerText.includes('{part}') ?? false"));
}

fn says(browser: &mut Browser, part: &str) {
    browser.until(&format!("{OVERLAY}.includes('{part}')"));
}

fn says_nothing(browser: &mut Browser) {
    browser.until("!document.querySelector('fieldbook-preview')");
}

#[test]
fn fifty_files_broken_and_mended_in_turn() {
    let Some(mut browser) = Browser::launch("the preview's overlay") else { return };
    let book = Book::small();
    let whole = |n: usize| note(&format!("N {n}"), "Text");
    (0..BROKEN).for_each(|n| book.write(&format!("content/lessons/n-{n}.md"), whole(n)));
    let preview = Preview::of(book.root());
    let id = preview.child.id();
    browser.open(&preview.url("lessons/first.html"));
    browser.evaluate("window.mark = 1");
    for n in 0..BROKEN {
        let path = format!("content/lessons/n-{n}.md");
        let broken = [
            note("N", &format!("See [[Nowhere {n}]].")),
            "+++\ntitle = \n+++\n".to_owned(),
            "+++\ntitle = \"no end\"\n".to_owned(),
            "\u{0}".to_owned(),
        ];
        book.write(&path, &broken[n % broken.len()]);
        says(&mut browser, &format!("{path}:"));
        book.write(&path, whole(n));
        says_nothing(&mut browser);
    }
    // The page is still the one that was loaded first: there was no reason to load it again.
    assert_eq!(browser.evaluate("window.mark"), 1);
    assert_eq!(preview.child.id(), id);
    assert!(!preview.said().contains("panicked"), "{}", preview.said());
}

#[test]
fn a_note_is_edited_retitled_moved_and_deleted_while_its_page_is_open() {
    let Some(mut browser) = Browser::launch("the preview's reload") else { return };
    let book = Book::small();
    let preview = Preview::of(book.root());
    let long = "Paragraph.\n\n".repeat(200);
    let folded = "<details><summary>More</summary>\n\nInside\n\n</details>";
    book.write(
        "content/lessons/first.md",
        note("First", &format!("Before.\n\n{folded}\n\n{long}")),
    );
    preview.until_shows("lessons/first.html", "Before.");
    browser.open(&preview.url("lessons/first.html"));
    browser.evaluate("document.querySelector('main details').open = true; scrollTo(0, 1500); 1");
    book.write("content/lessons/first.md", note("First", &format!("After.\n\n{folded}\n\n{long}")));
    shows(&mut browser, "After.");
    browser.until("scrollY === 1500 && document.querySelector('main details').open");

    book.write("content/lessons/first.md", note("Retitled", "Still here."));
    browser.until("document.querySelector('h1').innerText === 'Retitled'");
    let (from, to) = ("content/lessons/first.md", "content/lessons/moved away.md");
    std::fs::rename(book.path(from), book.path(to)).expect("a move");
    // The home page still links to it by its old name.
    says(&mut browser, "content/index.md");
    book.write("content/index.md", note("Home", "Text"));
    browser.arrive("/lessons/moved%20away.html");
    shows(&mut browser, "Still here.");

    book.remove(to);
    says(&mut browser, "No page is at /lessons/moved away.html");
    book.write(to, note("Back", "Back again."));
    shows(&mut browser, "Back again.");
    // The space in its name is still worth a warning.
    browser.until(&format!("!{OVERLAY}.includes('No page is at')"));
    std::thread::sleep(std::time::Duration::from_millis(700));
    let n_loads = "performance.getEntriesByType('navigation').length";
    assert_eq!(browser.evaluate(n_loads), 1);
}

#[test]
fn styles_come_without_a_reload_and_a_passage_tells_its_place() {
    let Some(mut browser) = Browser::launch("the preview's style sheets and places") else {
        return;
    };
    let book = Book::small();
    book.write("themes/default/static/assets/site.css", "body { color: rgb(1, 2, 3) }");
    let preview = Preview::of(book.root());
    browser.open(&preview.url("lessons/first.html"));
    let colour = "getComputedStyle(document.body).color";
    assert_eq!(browser.text(colour), "rgb(1, 2, 3)");
    browser.evaluate("window.mark = 1");
    for n in 4..8 {
        book.write(
            "themes/default/static/assets/site.css",
            format!("body {{ color: rgb(1, 2, {n}) }}"),
        );
        browser.until(&format!("{colour} === 'rgb(1, 2, {n})'"));
    }
    browser.until("document.querySelectorAll('link[rel=stylesheet]').length === 1");
    assert_eq!(browser.evaluate("window.mark"), 1);

    browser.evaluate("[...document.querySelectorAll('main p')].find((p) => p.innerText === 'The first.').click()");
    says(&mut browser, "content/lessons/first.md:5");
    assert_eq!(browser.problems(), Vec::<String>::new(), "the policy of the page lets it all be");
}

#[test]
fn a_page_finds_the_preview_again_when_it_comes_back() {
    let Some(mut browser) = Browser::launch("the preview's coming back") else { return };
    let book = Book::small();
    let preview = Preview::of(book.root());
    let port = preview.at.port().to_string();
    browser.open(&preview.url("lessons/first.html"));
    browser.until(
        "performance.getEntriesByType('resource').some((e) => e.name.endsWith('preview.js'))",
    );
    std::thread::sleep(std::time::Duration::from_millis(300));
    drop(preview);
    says(&mut browser, "The preview has stopped");
    book.write("content/lessons/first.md", note("First", "Written meanwhile."));
    let preview = Preview::with(book.root(), &["-p", &port]);
    shows(&mut browser, "Written meanwhile.");
    says_nothing(&mut browser);
    drop(preview);
}
