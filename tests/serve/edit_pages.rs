//! The page on which a note is edited, in a real browser: by keyboard, on a phone, and for those who see or hear it
//! otherwise.

use serde_json::Value;

use crate::chromium::Browser;
use crate::editing::lines_changed;
use crate::editor::{Editor, own_book};
use crate::support::book::Book;

/// The rules of accessibility: axe-core 4.14.1, <https://github.com/dequelabs/axe-core>.
pub(crate) const AXE: &str = include_str!("../pages/axe.min.js");

/// A script that runs axe on the page with all its parts unfolded, but not in the frame, whose page has tests of its own.
pub(crate) const RUN: &str = r##"(async () => {
  document.querySelectorAll("details").forEach(fold => fold.open = true);
  const found = await axe.run({ exclude: "#frames" }, { preload: false, iframes: false, resultTypes: ["violations"] });
  return found.violations.map(({ id, help, nodes: [node] }) =>
    `${id}: ${help}: ${node.html.slice(0, 200)} ${node.any.concat(node.all)[0]?.message ?? ""}`);
})()"##;

const NOTE: &str = "content/lessons/competing-objectives.md";

pub(crate) fn enter(browser: &mut Browser, editor: &Editor) {
    browser.set_out(&editor.entrance());
    browser.arrive("/");
}

fn edit(browser: &mut Browser, editor: &Editor, path: &str) {
    browser.open(&editor.preview.url(&format!("__fieldbook/edit?path={path}")));
    browser.until("document.body.dataset.shown !== undefined");
}

/// Returns the problems of the page; scripts of the page in the frame are kept from running on purpose.
pub(crate) fn problems(browser: &mut Browser) -> Vec<String> {
    let found = browser.problems().into_iter();
    found.filter(|problem| !problem.contains("Blocked script execution")).collect()
}

pub(crate) fn says(browser: &mut Browser, words: &str) {
    browser.until(&format!("document.getElementById('state').textContent.includes('{words}')"));
}

/// Moves on by the Tab key until `js` is true of the element that has the focus.
#[track_caller]
pub(crate) fn tab_to(browser: &mut Browser, js: &str) {
    for _ in 0..120 {
        browser.press(&["Tab"]);
        if browser.evaluate(&format!("((it) => {js})(document.activeElement)")) == Value::Bool(true)
        {
            return;
        }
    }
    panic!("the Tab key does not lead there: {js}");
}

#[test]
fn a_note_is_edited_by_keyboard_on_a_phone() {
    let Some(mut browser) = Browser::launch("editing by keyboard") else { return };
    let book = own_book();
    let editor = Editor::of(&book);
    browser.viewport(360, 740);
    enter(&mut browser, &editor);
    browser.open(&editor.preview.url("lessons/competing-objectives.html"));
    // From the page of the note to that on which it is edited.
    browser.until("document.querySelector('fieldbook-preview') !== null");
    tab_to(&mut browser, "it.shadowRoot?.activeElement?.textContent === 'Edit'");
    browser.press(&["Enter"]);
    browser.until("document.body.dataset.shown !== undefined");
    let before = book.read(NOTE);

    // A field of text.
    tab_to(&mut browser, "it.labels?.[0]?.textContent.startsWith('Applies to')");
    browser.press(&["End"]);
    browser.write(" everywhere");
    // A note is chosen, by a part of its title.
    tab_to(&mut browser, "it.getAttribute('aria-label') === 'Add: Concerns'");
    browser.press(&["Enter"]);
    browser.until("document.querySelectorAll('#picker-list li').length > 3");
    browser.write("national-authorities");
    browser.until("document.querySelectorAll('#picker-list li').length === 1");
    browser.press(&["Enter"]);
    browser.until("!document.getElementById('picker').open");
    // A link in the text.
    tab_to(&mut browser, "it.id === 'text'");
    browser.evaluate("document.activeElement.setSelectionRange(1e6, 1e6)");
    browser.write(" See also ");
    browser.press(&["[", "["]);
    browser.until("document.getElementById('picker').open");
    browser.write("financing");
    browser.until("document.querySelector('#picker-list li')?.dataset.written === 'financing'");
    browser.press(&["Enter"]);
    browser.until("document.getElementById('text').value.endsWith('See also [[financing]]')");
    browser.until("document.querySelector('#frames iframe:not(.behind)').contentDocument.body.innerText.includes('See also')");
    browser.press(&["Control+s"]);
    says(&mut browser, "Saved");
    let after = book.read(NOTE);
    assert!(after.contains("gender or diversity everywhere\"\n"), "{after}");
    assert!(after.ends_with(" See also [[financing]]\n"), "{after}");
    assert!(after.contains("\"environment-working-group\", \"national-"), "{after}");
    assert_eq!(before.lines().count(), after.lines().count());
    let differing = before.lines().zip(after.lines()).filter(|(a, b)| a != b).count();
    assert_eq!(differing, 3, "{after}");
    assert_eq!(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);

    tab_to(&mut browser, "it.id === 'undo'");
    browser.press(&["Enter"]);
    says(&mut browser, "undone");
    assert_eq!(book.read(NOTE), before);
    assert_eq!(problems(&mut browser), Vec::<String>::new());
}

#[test]
fn the_keys_of_a_word_processor_work_in_the_text() {
    let Some(mut browser) = Browser::launch("keys in the text") else { return };
    let book = Book::small();
    let editor = Editor::of(&book);
    enter(&mut browser, &editor);
    edit(&mut browser, &editor, "content/lessons/first.md");
    browser.evaluate("document.getElementById('text').select()");
    browser.write("One ");
    browser.press(&["Control+b"]);
    browser.write("two");
    // The same key ends what it began.
    browser.press(&["Control+b"]);
    browser.write(".");
    browser.press(&["Enter"]);
    browser.write("1. a");
    browser.press(&["Enter"]);
    browser.write("b");
    browser.press(&["Enter", "Enter"]);
    browser.write("```");
    browser.press(&["Enter"]);
    browser.write("code");
    browser.press(&["Enter"]);
    browser.write("```");
    let text = browser.text("document.getElementById('text').value");
    assert_eq!(text, "One **two**.\n\n1. a\n2. b\n\n```\ncode\n```");
    browser.evaluate("document.getElementById('text').setSelectionRange(6, 9)");
    browser.press(&["Control+b"]);
    let text = browser.text("document.getElementById('text').value");
    assert!(text.starts_with("One two."), "{text}");
    assert_eq!(problems(&mut browser), Vec::<String>::new());
}

#[test]
fn one_field_is_one_line_for_notes_of_several_kinds() {
    let Some(mut browser) = Browser::launch("editing notes of several kinds") else { return };
    let book = own_book();
    let editor = Editor::of(&book);
    enter(&mut browser, &editor);
    for path in
        [NOTE, "content/index.ar.md", "content/recommendations/further-work-09-cross-cutting.md"]
    {
        let before = book.read(path);
        edit(&mut browser, &editor, path);
        // Nothing is changed, so nothing is saved.
        browser.evaluate("document.getElementById('save').click()");
        says(&mut browser, "Nothing to save");
        assert_eq!(book.read(path), before, "{path}");
        browser.evaluate("document.querySelector('#fields textarea').select()");
        browser.evaluate("document.querySelector('#fields textarea').focus()");
        browser.write("Quite another title");
        says(&mut browser, "Not saved yet");
        browser.evaluate("document.getElementById('save').click()");
        says(&mut browser, "Saved");
        let after = book.read(path);
        assert_eq!(lines_changed(&before, &after), (1, 1), "{path}\n{after}");
        assert!(after.contains("title = \"Quite another title\"\n"), "{path}\n{after}");
        assert_eq!(editor.ask("undo", &serde_json::json!({ "path": path })).0, 200);
    }
    assert_eq!(problems(&mut browser), Vec::<String>::new());
}

#[test]
fn a_lesson_with_two_sources_is_made_from_the_home_page() {
    let Some(mut browser) = Browser::launch("a lesson with two sources") else { return };
    let book = own_book();
    let editor = Editor::of(&book);
    enter(&mut browser, &editor);
    browser.until("document.querySelector('fieldbook-preview') !== null");
    tab_to(&mut browser, "it.shadowRoot?.activeElement?.textContent === 'New here'");
    browser.press(&["Enter"]);
    browser.until("document.activeElement.id === 'create-kind'");
    browser.evaluate("document.getElementById('create-kind').value = '=lesson'");
    tab_to(&mut browser, "it.id === 'create-title'");
    browser.write("Early contact");
    browser.press(&["Enter"]);
    browser.until("document.body.dataset.shown !== undefined");
    // What lessons usually have is not folded.
    let shown = "[...document.querySelectorAll('#fields > .field label')].map((it) => it.textContent.trim()).join()";
    let labels = browser.text(shown);
    assert!(labels.starts_with("Title (needed),Summary,Draft,"), "{labels}");
    // One input takes a note or an address, and says what is missing.
    tab_to(&mut browser, "it.textContent === 'Choose a note …'");
    browser.press(&["Enter"]);
    browser.until("document.querySelectorAll('#picker-list li').length > 3");
    browser.write("wilton park report");
    browser.until("document.querySelector('#picker-list li .about')?.textContent === 'Document wilton-park-wp3381'");
    browser.press(&["Enter"]);
    browser.until("document.activeElement.name === 'locator'");
    assert_eq!(
        browser.text("document.querySelector('.source .named').textContent"),
        "Wilton Park report WP3381 (Document)"
    );
    browser.write("¶9");
    tab_to(&mut browser, "it.textContent === 'Add a source'");
    browser.press(&["Enter"]);
    assert_eq!(
        browser.text("document.activeElement.labels[0].textContent"),
        "Source 2: note or web address"
    );
    browser.write("www.example.org/report");
    browser.until(
        "document.getElementById('findings').textContent.includes('Source 2: fill in its title')",
    );
    tab_to(&mut browser, "it.name === 'title'");
    browser.write("A report");
    browser.until("!document.getElementById('findings').textContent.includes('Source 2')");
    browser.press(&["Control+s"]);
    says(&mut browser, "Saved");
    let text = book.read("content/lessons/early-contact.md");
    let sources = "[[sources]]\nref = \"wilton-park-wp3381\"\nlocator = \"¶9\"\n\n[[sources]]\ntitle = \"A report\"\nurl = \"https://www.example.org/report\"\n";
    assert!(text.contains(sources), "{text}");
    assert_eq!(problems(&mut browser), Vec::<String>::new());
}

#[test]
fn a_conflict_shows_both_and_an_error_can_wait_in_a_draft() {
    let Some(mut browser) = Browser::launch("conflicts while editing") else { return };
    let book = Book::small();
    let path = "content/lessons/first.md";
    let editor = Editor::of(&book);
    enter(&mut browser, &editor);
    edit(&mut browser, &editor, path);
    book.write(path, "+++\ntitle = \"First\"\n+++\n\nFrom elsewhere.\n");
    browser.evaluate("document.getElementById('text').focus()");
    browser.write("Mine. ");
    browser.press(&["Control+s"]);
    browser.until("!document.getElementById('notice').hidden");
    let both = browser
        .evaluate("[...document.querySelectorAll('#notice textarea')].map((it) => it.value)");
    let shown = both.as_array().expect("two texts");
    assert!(shown[0].as_str().is_some_and(|text| text.contains("Mine. ")), "{both}");
    assert_eq!(shown[1], book.read(path), "{both}");
    assert!(book.read(path).contains("From elsewhere."));
    let press = |words: &str| {
        format!(
            "[...document.querySelectorAll('#notice button')].find((it) => it.textContent === '{words}').click()"
        )
    };
    browser.evaluate(&press("Write mine over it"));
    says(&mut browser, "Saved");
    assert!(book.read(path).contains("Mine. "), "{}", book.read(path));
    // A link that leads nowhere is an error, unless the note is a draft.
    browser.evaluate("document.getElementById('text').focus()");
    browser.write("[[Nowhere]] ");
    browser.until("document.querySelector('#findings .error') !== null");
    browser.press(&["Control+s"]);
    browser.until("!document.getElementById('notice').hidden");
    assert!(!book.read(path).contains("Nowhere"));
    browser.evaluate(&press("Save as a draft"));
    says(&mut browser, "Saved");
    let text = book.read(path);
    assert!(text.contains("Nowhere") && text.contains("draft = true"), "{text}");
}

#[test]
fn no_fault_is_found_in_the_page_on_which_a_note_is_edited() {
    let Some(mut browser) = Browser::launch("axe on the page on which a note is edited") else {
        return;
    };
    let book = own_book();
    let editor = Editor::of(&book);
    enter(&mut browser, &editor);
    let mut faults = Vec::new();
    for (width, scheme, direction) in [(1280, "light", "ltr"), (360, "dark", "rtl")] {
        browser.viewport(width, 800);
        browser.media("", &[("prefers-color-scheme", scheme)]);
        for open in ["", "picker", "notice", "create"] {
            let path = format!("__fieldbook/edit?path={NOTE}");
            let path = if open == "create" { "__fieldbook/edit?folder=lessons" } else { &path };
            browser.open(&editor.preview.url(path));
            match open {
                "create" => browser.until("!document.getElementById('create').hidden"),
                _ => browser.until("document.body.dataset.shown !== undefined"),
            }
            browser.evaluate(&format!("document.documentElement.dir = '{direction}'"));
            match open {
                "picker" => {
                    browser.evaluate("document.querySelector('#fields .rows + button').click()");
                    browser.until("document.querySelectorAll('#picker-list li').length > 3");
                }
                "notice" => {
                    browser.evaluate("document.getElementById('text').value += ' [[Nowhere]]'; document.getElementById('text').dispatchEvent(new Event('input')); document.getElementById('save').click()");
                    browser.until("!document.getElementById('notice').hidden && document.querySelector('#findings li') !== null");
                    // The page would ask whether it may be left.
                    browser.evaluate("window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)");
                }
                _ => {}
            }
            browser.evaluate(&format!("{AXE};0"));
            let found = browser.evaluate(RUN);
            let found = found.as_array().expect("a list").iter().filter_map(Value::as_str);
            faults
                .extend(found.map(|fault| format!("{width} {scheme} {direction} {open}: {fault}")));
            if browser.evaluate("document.documentElement.scrollWidth > innerWidth")
                == Value::Bool(true)
            {
                faults.push(format!("{width} {direction} {open}: wider than the window"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
