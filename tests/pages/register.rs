//! The register in a browser: its rows are filtered and sorted in place, and the address records
//! it.

use std::path::Path;

use crate::chromium::Browser;
use crate::site::Site;
use crate::support::{self, Tree};

/// The titles that are shown, in order.
const TITLES: &str = "[...document.querySelectorAll('.register tbody tr:not([hidden]) th')]
  .map(head => head.textContent.trim()).join('\\n')";

/// Types into the filter called `name`, as a reader does.
fn choose(browser: &mut Browser, name: &str, value: &str) {
    browser.evaluate(&format!(
        "{{ const field = document.querySelector('.filters [name=\"{name}\"]');
           field.value = {value:?};
           field.dispatchEvent(new Event('input', {{ bubbles: true }})); }}"
    ));
}

#[test]
fn a_register_is_filtered_and_sorted_in_place_and_the_address_keeps_it() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("the filters of a register") else { return };
    let address = site.url("recommendations/index.html");
    browser.open(&address);
    let all = browser.text(TITLES);
    let count = all.lines().count();
    let tally = "document.querySelector('.tally').textContent";
    assert_eq!(browser.text(tally), format!("{count} rows"));

    choose(&mut browser, "themes", "Financing");
    let of_theme = browser.text(TITLES);
    // The rows that a script shows in place are those of the page of the value.
    browser.scripts(false);
    browser.open(&site.url("recommendations/by-themes/themes/financing.html"));
    assert_eq!(of_theme, browser.text(TITLES));
    browser.scripts(true);

    browser.open(&address);
    choose(&mut browser, "themes", "Financing");
    choose(&mut browser, "contains", "UKRAINE");
    browser.evaluate("document.querySelector('th[data-column=title] button').click()");
    browser.evaluate("document.querySelector('th[data-column=title] button').click()");
    let shown = browser.text(TITLES);
    let (few, of) = (shown.lines().count(), of_theme.lines().count());
    assert!(0 < few && few < of && of < count, "{few} of {of} of {count}");
    assert!(shown.lines().all(|title| of_theme.lines().any(|other| other == title)));
    assert!(shown.lines().is_sorted_by(|a, b| a > b), "{shown}");
    assert_eq!(browser.text(tally), format!("{few} of {count} rows"));

    let kept = browser.text("location.hash");
    assert_eq!(kept, "#themes=Financing&contains=UKRAINE&sort=-title");
    browser.open(&site.url("about.html"));
    browser.open(&format!("{address}{kept}"));
    assert_eq!(browser.text(TITLES), shown);
    browser.evaluate("document.querySelector('.filters [type=reset]').click()");
    browser.until(&format!("{TITLES}.split('\\n').length === {count}"));
    assert_eq!(browser.text(TITLES), all);

    // All rows of the page of a value have it, so it can't be chosen there.
    browser.open(&site.url("recommendations/by-themes/themes/financing.html"));
    let names = "[...document.querySelectorAll('.filters [name]')].map(f => f.name).join()";
    let names = browser.text(names);
    assert!(names.contains("disposition") && !names.contains("themes"), "{names}");
    assert_eq!(browser.problems(), Vec::<String>::new());
}

#[test]
fn dates_and_numbers_are_sorted_as_what_they_are() {
    let values = [
        ("a", "2024-06-24", "10"),
        ("b", "2006-05-30", "-2"),
        ("c", "2020", "3.5"),
        ("d", "2006-09-18", "-10"),
        ("e", "2020-05", "3.25"),
    ];
    let config = "title = \"T\"\n[kinds.ask]\nfolder = \"asks\"\ntitle = \"Ask\"\nplural = \"Asks\"\n\
        register = [\"date\", \"n\"]\n[kinds.ask.fields]\nn = { number = true }\n";
    let mut files = Tree::from([("book.toml".to_owned(), config.into())]);
    for (name, date, number) in values {
        // An incomplete date is written as text.
        let quote = if date.len() < 10 { "\"" } else { "" };
        let text =
            format!("+++\ntitle = \"{name}\"\ndate = {quote}{date}{quote}\nn = {number}\n+++\n");
        files.insert(format!("content/asks/{name}.md"), text.into());
    }
    let folder = tempfile::tempdir().expect("a folder");
    support::write_tree(&files, folder.path());
    let site = Site::of(Path::new(folder.path()));
    let Some(mut browser) = Browser::launch("the order of a register") else { return };
    browser.open(&site.url("asks/index.html"));
    for (column, order) in [("date", "b d c e a"), ("n", "d b e c a")] {
        browser.evaluate(&format!(
            "document.querySelector('th[data-column={column}] button').click()"
        ));
        assert_eq!(browser.text(TITLES), order.replace(' ', "\n"), "{column}");
    }
}
