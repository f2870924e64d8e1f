//! The order of titles: in each language that of its alphabet, in lists by letter and in all others.

mod support;

use fieldbook::source::SourceEdit;
use scraper::{Html, Selector};
use support::Tree;

const CONFIG: &str = r#"
title = "Order"
language = "LANGUAGE"
languages = ["en"]
indexes = ["a-z"]
check.missing-words = "off"

[kinds.lesson]
folder = "lessons"
order = "title"
"#;

/// A note of the book in its own language, and one that was written in English alone.
fn book(language: &str, titles: &[&str]) -> Vec<(String, String)> {
    let home = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\n");
    let mut files = vec![
        ("book.toml".to_owned(), CONFIG.replace("LANGUAGE", language)),
        ("content/index.md".to_owned(), home("0")),
        ("content/lessons/index.md".to_owned(), home("1")),
    ];
    for (at, title) in titles.iter().enumerate() {
        // The order of the paths is none of any alphabet.
        files.push((format!("content/lessons/{:02}.md", (at * 7 + 3) % 31), home(title)));
    }
    files
}

fn texts(page: &str, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    Html::parse_document(page).select(&selector).map(|found| found.text().collect()).collect()
}

fn page<'t>(site: &'t Tree, path: &str) -> &'t str {
    std::str::from_utf8(&site[path]).expect("a page")
}

fn build(files: &[(String, String)]) -> Tree {
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let (book, site) = support::open(support::sources(&files), support::options());
    site.unwrap_or_else(|| panic!("{}", support::lines(&book)))
}

/// Asserts the headings of the list by letter, each with the titles under it, and that the list of the kind has the
/// titles in the order `listed`.
#[track_caller]
fn assert_order(language: &str, letters: &[(&str, &[&str])], listed: &[&str]) {
    let titles: Vec<&str> = letters.iter().flat_map(|(_, titles)| *titles).copied().collect();
    let site = build(&book(language, &titles));
    let index = page(&site, "a-z.html");
    let mut found: Vec<String> = texts(index, ".letter h2, .letter li a");
    // The home page and the page of the kind.
    found.drain(..3);
    let wanted: Vec<&str> = letters
        .iter()
        .flat_map(|(letter, titles)| std::iter::once(*letter).chain(titles.iter().copied()))
        .collect();
    assert_eq!(found, wanted, "{language}");
    assert_eq!(
        texts(index, ".letters a"),
        [&["0–9"], &*letters.iter().map(|l| l.0).collect::<Vec<_>>()].concat()
    );
    assert_eq!(texts(page(&site, "lessons/index.html"), ".cards > li > a"), listed, "{language}");
}

#[track_caller]
fn assert_letters(language: &str, letters: &[(&str, &[&str])]) {
    let titles: Vec<&str> = letters.iter().flat_map(|(_, titles)| *titles).copied().collect();
    assert_order(language, letters, &titles);
}

#[test]
fn arabic_goes_by_what_follows_the_article() {
    assert_letters(
        "ar",
        &[
            ("ا", &["آليات", "الاتفاقية", "الألغام", "إيران"]),
            ("ت", &["التخلص", "تمويل"]),
            ("ث", &["الثقة"]),
            ("م", &["مساعدة", "المعاهدة"]),
            ("ي", &["اليمن"]),
        ],
    );
}

#[test]
fn chinese_goes_by_its_sounds() {
    assert_order(
        "zh",
        &[
            ("D", &["地雷"]),
            ("I", &["IMAS"]),
            ("K", &["矿区"]),
            ("P", &["排雷", "培训"]),
            ("Z", &["炸药", "中国"]),
        ],
        &["地雷", "矿区", "排雷", "培训", "炸药", "中国", "IMAS"],
    );
}

#[test]
fn spanish_has_a_letter_of_its_own() {
    assert_letters(
        "es",
        &[
            ("A", &["el acceso", "África"]),
            ("N", &["Nicaragua", "nota", "Nueva vía"]),
            ("Ñ", &["Ñandú"]),
            ("O", &["Observación"]),
        ],
    );
}

#[test]
fn ukrainian_and_russian_differ() {
    assert_letters(
        "uk",
        &[
            ("Г", &["Грант"]),
            ("Ґ", &["Ґрунт"]),
            ("Е", &["Етика"]),
            ("Є", &["Європа"]),
            ("И", &["Инше"]),
            ("І", &["Ізюм"]),
            ("Ї", &["Їжа"]),
            ("Й", &["Йод"]),
            ("Я", &["Якість"]),
        ],
    );
    assert_letters(
        "ru",
        &[
            ("Е", &["Европа", "Ёлка", "Если"]),
            ("И", &["Ирак"]),
            ("Й", &["Йемен"]),
            ("Я", &["Якорь"]),
        ],
    );
}

#[test]
fn accents_and_joined_letters_are_no_letters_of_their_own() {
    assert_letters(
        "fr",
        &[
            ("C", &["cote", "coté", "côte", "« La crête »"]),
            ("E", &["Eau", "l'éducation", "Égypte", "Ère 2", "Ère 10"]),
            ("O", &["Odeur", "Œuvre", "Offre"]),
        ],
    );
    assert_letters(
        "de",
        &[("A", &["Ära", "der Arm"]), ("S", &["Straße", "Strasse 2"]), ("U", &["Übung", "Ufer"])],
    );
    assert_letters(
        "da",
        &[("A", &["Ar"]), ("Z", &["Zar"]), ("Æ", &["Æra"]), ("Ø", &["Øre"]), ("Å", &["Ånd"])],
    );
}

#[test]
fn titles_of_another_language_stand_in_the_order_of_the_page() {
    let mut files = book("uk", &["Їжа", "Ізюм", "Якість"]);
    files.push(("content/lessons/only.en.md".into(), "+++\ntitle = \"The airport\"\n+++\n".into()));
    let site = build(&files);
    let listed = texts(page(&site, "lessons/index.html"), ".cards > li > a");
    assert_eq!(listed, ["Ізюм", "Їжа", "Якість", "The airport"]);
    assert_eq!(texts(page(&site, "a-z.html"), ".letter h2").last().map(String::as_str), Some("A"));
    // The English pages have the same works, in the order of Unicode.
    let listed = texts(page(&site, "en/lessons/index.html"), ".cards > li > a");
    assert_eq!(listed, ["The airport", "Якість", "Їжа", "Ізюм"]);
}

#[test]
fn an_edit_of_a_title_or_of_the_language_makes_the_same_lists() {
    let files = book("es", &["Nota", "Ñandú", "Observación"]);
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let (mut book, mut site) = support::open(support::sources(&borrowed), support::options());
    let mut tree = site.take().unwrap_or_else(|| panic!("{}", support::lines(&book)));
    let mut now = support::sources(&borrowed);
    let edits = [
        ("content/lessons/03.md", "+++\ntitle = \"Ñu\"\n+++\n"),
        ("book.toml", &CONFIG.replace("LANGUAGE", "fr")),
        ("content/lessons/03.md", "+++\ntitle = \"Œuvre\"\n+++\n"),
    ];
    for (path, text) in edits {
        let edits = vec![SourceEdit::Put(support::source(path, text.as_bytes()))];
        now.apply(edits.clone());
        support::make(&mut tree, book.apply(edits).expect("a book"));
        assert_eq!(
            tree,
            support::open(now.clone(), support::options()).1.expect("a site"),
            "{text}"
        );
    }
}
