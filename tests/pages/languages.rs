//! A book in six languages: every text that stands in a line with others keeps to its place, every text in another
//! language than its page is marked, and numbers have the words that their language asks for.

use std::collections::BTreeSet;
use std::path::Path;

use fieldbook::language::Language;
use fieldbook::plural::PluralForm;
use serde_json::{Value, json};

use crate::chromium::Browser;
use crate::site::Site;
use crate::support;

/// A function of the page that returns what is wrong with the direction and the languages of its texts.
const DIRECTION: &str = include_str!("direction.js");

/// The names and codes that stand in the pages of every language as they are.
const NAMES: &[&str] = &[
    "HALO",
    "IMAS",
    "Wilton Park",
    "Leïla Haddad (MAG)",
    "M. Dupont",
    "WP3381",
    "BibTeX",
    "RIS",
    "CSL-JSON",
    "CSV",
    "JSON",
    "Atom",
    "JavaScript",
];

/// The languages of the book whose pages are all looked at: those of another script or direction than the original.
const OTHER_SCRIPTS: [&str; 3] = ["ar/", "ru/", "zh/"];

#[test]
fn no_text_moves_its_neighbours_or_hides_its_language() {
    let book = support::tests().join("pages/languages");
    let site = Site::of(&book);
    let Some(mut browser) = Browser::launch("directions and languages") else { return };
    let mut written = String::new();
    for folder in [book, Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n")] {
        for (path, bytes) in support::read_tree(&folder) {
            if path.ends_with(".md") || path.ends_with(".toml") {
                written.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
    }
    let (written, names) = (json!(written.replace("\\\"", "\"")), json!(NAMES));
    let mut faults = BTreeSet::new();
    let mut seen = 0;
    for (number, page) in site.pages().into_iter().enumerate() {
        let is_other = OTHER_SCRIPTS.iter().any(|language| page.starts_with(language));
        if page == "404.html" || !(is_other || number.is_multiple_of(5)) {
            continue;
        }
        browser.open(&site.url(page));
        let found = browser.evaluate(&format!("({DIRECTION})({written}, {names})"));
        let found = found.as_array().unwrap_or_else(|| panic!("{page}: {found}"));
        faults
            .extend(found.iter().filter_map(Value::as_str).map(|fault| format!("{page}: {fault}")));
        seen += 1;
    }
    assert!(seen > 150, "only {seen} pages were looked at");
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_citation_has_the_title_in_whatever_language() {
    let site = Site::of(&support::tests().join("pages/languages"));
    let Some(mut browser) = Browser::launch("citations in other languages") else { return };
    let citation = "document.querySelector('.cite p').innerText";
    for (page, begins) in [
        ("ar/asks/annual-report.html", "A report each year. "),
        ("zh/asks/annual-report.html", "A report each year。 清除与发展，日期：2024年。"),
    ] {
        browser.open(&site.url(page));
        assert!(browser.text(citation).starts_with(begins), "{page}: {}", browser.text(citation));
    }
    browser.open(&format!("{}#p-2", site.url("ar/meetings/retreat.html")));
    browser.until(&format!("{citation}.includes('، الفقرة 2.')"));
    assert!(browser.text(citation).ends_with("retreat.html#p-2"), "{}", browser.text(citation));
}

/// The numbers of rows whose words Arabic and Russian tell apart.
const COUNTS: [usize; 7] = [1, 2, 3, 5, 11, 21, 100];

/// The words of a register of each number of rows: for all, and for one of them.
const ARABIC: [[&str; 2]; 7] = [
    ["بند واحد", "بند واحد"],
    ["بندان", "1 من بندين"],
    ["3 بنود", "1 من 3 بنود"],
    ["5 بنود", "1 من 5 بنود"],
    ["11 بندًا", "1 من 11 بندًا"],
    ["21 بندًا", "1 من 21 بندًا"],
    ["100 بند", "1 من 100 بند"],
];

const RUSSIAN: [[&str; 2]; 7] = [
    ["1 запись", "1 запись"],
    ["2 записи", "1 из 2 записей"],
    ["3 записи", "1 из 3 записей"],
    ["5 записей", "1 из 5 записей"],
    ["11 записей", "1 из 11 записей"],
    ["21 запись", "1 из 21 записи"],
    ["100 записей", "1 из 100 записей"],
];

/// A book in Arabic and Russian with a register of each number of rows.
fn registers() -> Site {
    let mut config =
        "title = \"أ\"\nlanguage = \"ar\"\nlanguages = [\"ru\"]\npaginate = 100\n".to_owned();
    config.push_str("[check]\norphan = \"off\"\nmissing-words = \"off\"\n");
    let mut files = vec![
        ("content/index.md".to_owned(), "+++\ntitle = \"أ\"\n+++\n".to_owned()),
        ("content/index.ru.md".to_owned(), "+++\ntitle = \"А\"\n+++\n".to_owned()),
    ];
    for count in [0].into_iter().chain(COUNTS) {
        config
            .push_str(&format!("[kinds.k{count}]\nfolder = \"k{count}\"\nregister = [\"word\"]\n"));
        config.push_str(&format!("[kinds.k{count}.fields]\nword = {{ text = true }}\n"));
        files.push((
            format!("content/k{count}/index.md"),
            format!("+++\ntitle = \"{count}\"\n+++\n"),
        ));
        for number in 0..count {
            let front =
                format!("+++\ntitle = \"n{number} of {count}\"\nword = \"w{number}\"\n+++\n");
            files.push((format!("content/k{count}/n{number}.md"), front));
        }
    }
    files.push(("book.toml".to_owned(), config));
    let folder = tempfile::tempdir().expect("a folder");
    let tree = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    support::write_tree(&tree, folder.path());
    Site::of(folder.path())
}

#[test]
fn registers_have_the_plural_forms_of_their_language() {
    let site = registers();
    let Some(mut browser) = Browser::launch("plural forms") else { return };
    let tally = "document.querySelector('.tally').textContent";
    for (language, folder, none, said) in
        [("ar", "", "لا بنود", ARABIC), ("ru", "ru/", "0 записей", RUSSIAN)]
    {
        browser.open(&site.url(&format!("{folder}k0/index.html")));
        assert_eq!(browser.text(tally), none, "{language} 0");
        for (count, [all, one]) in COUNTS.into_iter().zip(said) {
            browser.open(&site.url(&format!("{folder}k{count}/index.html")));
            assert_eq!(browser.text(tally), all, "{language} {count}");
            // Filtered in the browser: the first row alone has this word.
            browser.evaluate(
                "{ const box = document.querySelector('[name=contains]'); box.value = 'w0'; \
                 box.dispatchEvent(new Event('input', { bubbles: true })); }",
            );
            let shown = "[...document.querySelectorAll('.register tbody tr')].filter(row => !row.hidden).length";
            assert_eq!(browser.evaluate(shown), 1, "{language} {count}");
            assert_eq!(browser.text(tally), one, "{language} {count}");
        }
    }
    assert_eq!(browser.problems(), Vec::<String>::new());
}

#[test]
fn the_browser_knows_the_same_plural_forms() {
    let Some(mut browser) = Browser::launch("plural forms") else { return };
    for code in ["ar", "en", "es", "fr", "pt", "ru", "uk", "zh"] {
        let language = Language::new(code).expect("a language");
        let ours: Vec<&str> =
            (0..=200).map(|count| PluralForm::of(&language, count).name()).collect();
        let select = format!("new Intl.PluralRules('{code}').select(count)");
        let theirs = browser.evaluate(&format!("[...Array(201).keys()].map((count) => {select})"));
        assert_eq!(json!(ours), theirs, "{code}");
    }
}
