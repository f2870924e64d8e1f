//! File names.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use fieldbook::language::Language;

use crate::support::book::Book;
use crate::{NOTE, fine, open, refused};

/// Titles with what their lists go by.
const TITLES: &[(&str, &str, &str)] = &[
    ("en", "The Contact Group", "Contact Group"),
    ("en", "\u{201c}An ask\u{201d} of donors", "ask\u{201d} of donors"),
    ("en-GB", "a lesson", "lesson"),
    ("en", "Theatre", "Theatre"),
    ("en", "A", "A"),
    ("en", "A \u{2013}", "A \u{2013}"),
    ("en", "Le Havre", "Le Havre"),
    ("fr", "Le Havre", "Havre"),
    ("fr", "L\u{2019}Afrique", "Afrique"),
    ("fr", "l'eau", "eau"),
    ("fr", "L\u{2019}", "L\u{2019}"),
    ("es", "Los pa\u{ed}ses", "pa\u{ed}ses"),
    ("pt", "Os estados", "estados"),
    ("ar", "المياه", "مياه"),
    ("ar", "الم", "الم"),
    ("uk", "The title", "The title"),
];

#[test]
fn titles_are_listed_without_their_articles() {
    for (language, title, listed) in TITLES {
        let language = Language::new(language).expect("a language");
        assert_eq!(language.without_article(title), *listed, "{title} in {language}");
    }
}

#[test]
fn unusual_names_make_pages() {
    let names = [
        "with spaces",
        "UPPER",
        "ünïcödé",
        "الإزالة",
        "扫雷",
        "emoji 🙂",
        "a.b.c",
        "100%",
        "a#b",
        "a?b",
        "a&b=c",
        "quote\"s",
        "apo'strophe",
        "<angle>",
        "semi;colon",
        "co:lon",
        "[brackets]",
        "back`tick",
        "pipe|pipe",
        "-dash",
        "trailing.",
        "%41",
        "a+b",
        "~tilde",
        "$x^2$",
        "{{ 7 }}",
        "con",
        "e\u{301}",
        "back\\slash",
        "new\nline",
        "tab\there",
    ];
    let book = Book::small();
    let mut links = String::new();
    for name in names {
        book.write(&format!("content/notes/{name}.md"), NOTE);
        book.write(&format!("static/files/{name}.txt"), name);
        let encoded: String = name.bytes().map(|byte| format!("%{byte:02x}")).collect();
        links.push_str(&format!("[x](/notes/{encoded}.md) [x](/files/{encoded}.txt)\n"));
    }
    book.write("content/all.md", format!("+++\ntitle = \"All\"\n+++\n\n{links}"));
    let site = fine(&book);
    let all = String::from_utf8_lossy(&site["all.html"]).into_owned();
    for name in names {
        for path in [format!("notes/{name}.html"), format!("files/{name}.txt")] {
            assert!(site.contains_key(&path), "{path}");
        }
        let page = scraper::Html::parse_document(&all);
        let anchors = scraper::Selector::parse("main a[href]").expect("a selector");
        let leads = |link: scraper::ElementRef<'_>| {
            let href = link.attr("href").unwrap_or_default();
            let path = percent_encoding::percent_decode_str(href).decode_utf8_lossy().into_owned();
            path == format!("notes/{name}.html")
        };
        assert!(page.select(&anchors).any(leads), "no link leads to {name}: {all}");
    }
}

#[test]
fn unusual_names_are_built_once_and_removed() {
    let book = Book::small();
    for name in ["with spaces", "new\nline", "ünïcödé", " leading", "- 0 0 x"] {
        book.write(&format!("content/{name}.md"), NOTE);
        book.write(&format!("static/{name}.txt"), name);
    }
    book.build().ends(0);
    let site = book.site();
    book.build().ends(0);
    assert!(book.site() == site);
    for name in ["with spaces", "new\nline", "ünïcödé", " leading", "- 0 0 x"] {
        assert!(site.contains_key(&format!("{name}.html")), "{name}");
        book.remove(&format!("content/{name}.md"));
        book.remove(&format!("static/{name}.txt"));
    }
    book.build().ends(0);
    let clean = Book::small();
    clean.build().ends(0);
    assert_eq!(book.site(), clean.site());
}

#[test]
fn long_names_and_deep_folders() {
    let book = Book::small();
    book.write(&format!("content/{}.md", "x".repeat(247)), NOTE);
    book.write(&format!("content/{}/note.md", ["deep"; 100].join("/")), NOTE);
    book.build().ends(0);
    // A file may have this name, and its page, whose ending is longer, may not.
    book.write(&format!("content/{}.md", "y".repeat(252)), NOTE);
    book.build().ends(1).says("its name is too long");
}

#[test]
fn names_that_are_no_text_are_reported() {
    for folder in ["content", "static", "themes/default/templates"] {
        let book = Book::small();
        book.write(&format!("{folder}/x"), "");
        book.remove(&format!("{folder}/x"));
        let file = book.path(folder).join(OsStr::from_bytes(b"caf\xe9.md"));
        std::fs::write(file, NOTE).expect("a file");
        refused(&book, "error[unreadable]: this can't be read: its name is not UTF-8");
    }
}

/// Tests that a file is found in any spelling of its name, and its name is not reported for that.
#[test]
fn files_are_found_however_they_are_typed() {
    let book = Book::small();
    book.write("content/e\u{301}te\u{301}.md", "+++\ntitle = \"Summer\"\n+++\n");
    book.write("content/deep/e\u{301}te\u{301}.png", "a picture");
    book.write("content/carte \u{e9}.pdf", "a map");
    let text = "![a](deep/\u{e9}t\u{e9}.png) ![b](\u{e9}t\u{e9}.png) [c](carte%20e%CC%81.pdf)";
    book.write("content/links.md", format!("+++\ntitle = \"Links\"\n+++\n\n{text}\n"));
    let (site, report) = open(&book);
    assert_eq!(report, "");
    let page = String::from_utf8_lossy(&site.expect("a site")["links.html"]).into_owned();
    assert_eq!(page.matches("src=\"deep/e%CC%81te%CC%81.png\"").count(), 2, "{page}");
    assert!(page.contains("href=\"carte%20%C3%A9.pdf\""), "{page}");
}

/// Tests names with two encodings that look the same (Unicode normal forms).
#[test]
fn names_are_found_however_they_are_typed() {
    let book = Book::small();
    book.write("content/cafe\u{301}.md", "+++\ntitle = \"E\u{301}te\u{301}\"\n+++\n");
    let text = "[[caf\u{e9}]] [[\u{c9}t\u{e9}]] [x](caf\u{e9}.md) [x](caf%C3%A9.md)";
    book.write("content/links.md", format!("+++\ntitle = \"Links\"\n+++\n\n{text}\n"));
    let page = String::from_utf8_lossy(&fine(&book)["links.html"]).into_owned();
    assert_eq!(
        page.matches("href=\"cafe\u{301}.html\"").count() + page.matches("cafe%CC%81.html").count(),
        4,
        "{page}"
    );
}

#[test]
fn names_are_one_however_their_letters_are_put_together() {
    use fieldbook::slug::fold;
    let pairs = [
        ("Mine action", "mine-action"),
        ("  mine__Action \t", "mine action"),
        ("a / b", "a /b"),
        ("É", "e\u{301}"),
        ("H\u{331}ama", "ẖama"),
        ("Été--à venir", "e\u{301}te\u{301} a\u{300}\u{a0}venir"),
    ];
    for (one, other) in pairs {
        assert_eq!(fold(one), fold(other), "{one:?}");
    }
    // ASCII is folded by different code than other texts.
    let signs: Vec<char> = ('\0'..'\u{80}').collect();
    for (one, other) in signs.iter().flat_map(|one| signs.iter().map(move |other| (one, other))) {
        for name in [format!("{one}{other}"), format!("a{one}{other}b"), format!("{other}")] {
            let folded = fold(&name);
            assert_eq!(fold(&folded), folded, "{name:?}");
            let longer = fold(&format!("{name}é"));
            let gap = if longer.len() > folded.len() + "é".len() { " " } else { "" };
            assert_eq!(longer, format!("{folded}{gap}é"), "{name:?}");
        }
    }
}
