//! Translations whose originals have changed.

use fieldbook::exchange::{Catalog, CatalogEntry};

use crate::{exported, imported, only, workspace};

const ORIGINAL: &str = "+++\ntitle = \"Ask\"\nsummary = \"When to ask.\"\n+++\n\n## First\n\nOne.\n\nTwo [a](index.md).\n\nThree.\n\n\
                        - four\n- five\n\n| six | seven |\n|---|---|\n| eight | nine |\n";

/// A book with the original and a translation.
struct Book {
    original: String,
    translation: Option<String>,
}

impl Book {
    /// Returns a book with a translation that was imported, each text with a star behind it.
    fn new() -> Self {
        let mut book = Self { original: ORIGINAL.to_owned(), translation: None };
        let mut all = book.exported();
        for entry in &mut all.entries {
            assert_eq!(entry.target, "");
            entry.target = format!("{}\u{2605}", entry.source);
        }
        book.import(all);
        book
    }

    fn workspace(&self) -> fieldbook::workspace::Workspace {
        let mut files = vec![
            ("book.toml", "title = \"B\"\nlanguages = [\"fr\"]\n"),
            ("content/index.md", "+++\ntitle = \"Home\"\n+++\n\nText.\n"),
            ("content/a.md", self.original.as_str()),
        ];
        files.extend(self.translation.iter().map(|text| ("content/a.fr.md", text.as_str())));
        workspace(crate::support::sources(&files))
    }

    /// Returns the texts of the note, of which the translation has all that are not named.
    fn exported(&self) -> Catalog {
        let mut all = exported(&self.workspace(), "fr");
        all.entries.retain(|entry| entry.context.starts_with("a#"));
        all
    }

    fn import(&mut self, catalog: Catalog) -> Vec<String> {
        let outcome = imported(&self.workspace(), "fr", catalog, false).expect("no problems");
        let remarks = outcome.remarks.clone();
        self.translation = Some(only(outcome).after);
        remarks
    }

    /// Returns the texts that are missing, with a minus, and those that are stale.
    fn open(&self) -> Vec<String> {
        let all = self.exported().entries;
        let open = all.iter().filter_map(|entry| match (entry.target.is_empty(), entry.is_fuzzy) {
            (true, _) => Some(format!("-{}", entry.source)),
            (false, true) => Some(format!("{}~{}", entry.source, entry.target)),
            (false, false) => None,
        });
        open.collect()
    }

    fn change(&mut self, from: &str, to: &str) {
        assert!(self.original.contains(from), "{from}");
        self.original = self.original.replacen(from, to, 1);
    }

    /// Gives every open text its translation.
    fn complete(&mut self) -> Vec<String> {
        let mut all = self.exported();
        all.entries.retain(|entry| entry.target.is_empty() || entry.is_fuzzy);
        for entry in &mut all.entries {
            *entry = CatalogEntry {
                target: format!("{}\u{2605}", entry.source),
                is_fuzzy: false,
                ..entry.clone()
            };
        }
        self.import(all)
    }

    /// Checks that the translation is the original with stars.
    fn assert_complete(&self) {
        assert_eq!(self.open(), [""; 0]);
        let all = self.exported().entries;
        for entry in &all {
            assert_eq!(entry.target, format!("{}\u{2605}", entry.source));
        }
        let body =
            |text: &str| text.splitn(3, "+++\n").nth(2).expect("a text").replace('\u{2605}', "");
        assert_eq!(body(self.translation.as_deref().expect("one")), body(&self.original));
    }
}

#[test]
fn an_imported_translation_is_current() {
    let book = Book::new();
    book.assert_complete();
    let outcome = imported(&book.workspace(), "fr", book.exported(), false).expect("no problems");
    assert_eq!(outcome.changes, []);
}

#[test]
fn a_changed_text_is_fuzzy_until_somebody_has_looked_at_it() {
    let mut book = Book::new();
    book.change("One.", "One and a half.");
    book.change("| nine |", "| ten |");
    book.change("When to ask.", "When and whom to ask.");
    let open = book.open();
    let row = ["eight~eight\u{2605}", "ten~nine\u{2605}"];
    assert_eq!(
        open[..2],
        ["When and whom to ask.~When to ask.\u{2605}", "One and a half.~One.\u{2605}"]
    );
    assert_eq!(open[2..], row);
    // Nothing was looked at.
    let outcome = imported(&book.workspace(), "fr", book.exported(), false).expect("no problems");
    assert_eq!(outcome.changes, []);
    // One was, and is right as it stands.
    let mut all = book.exported();
    all.entries.retain(|entry| entry.source == "One and a half.");
    all.entries[0].is_fuzzy = false;
    let before = book.translation.clone().expect("one");
    book.import(all);
    assert_eq!(book.open().len(), 3);
    let lines = |text: &str| text.lines().filter(|line| !line.contains('"')).count();
    assert_eq!(lines(&before), lines(book.translation.as_deref().expect("one")));
    // The rest is translated anew.
    book.complete();
    assert_eq!(book.open(), [""; 0]);
    let translation = book.translation.expect("one");
    assert!(translation.contains("When and whom to ask.\u{2605}"), "{translation}");
    assert!(
        translation.contains("\n\nOne.\u{2605}\n\n") && translation.contains("| ten\u{2605} |")
    );
}

#[test]
fn a_new_text_is_put_in_its_place() {
    for (from, to) in [
        ("Two [a]", "Between.\n\nTwo [a]"),
        ("- five", "- four and a half\n- five"),
        ("| eight", "| new | row |\n| eight"),
        ("## First", "At the top.\n\n## First"),
    ] {
        let mut book = Book::new();
        book.change(from, to);
        assert!(book.open().iter().all(|open| open.starts_with('-')), "{:?}", book.open());
        book.complete();
        book.assert_complete();
    }
}

#[test]
fn a_text_that_is_gone_is_taken_out_with_the_next_import() {
    let mut book = Book::new();
    book.change("Three.\n\n", "");
    assert_eq!(book.open(), [""; 0]);
    book.change("One.", "One!");
    let remarks = book.complete();
    assert!(
        remarks[0].contains("texts that the original no longer has were taken out"),
        "{remarks:?}"
    );
    book.assert_complete();
}

#[test]
fn a_text_that_moved_moves_with_the_next_import() {
    let mut book = Book::new();
    book.change("One.\n\n", "");
    book.change("Three.\n\n", "Three.\n\nOne.\n\n");
    assert_eq!(book.open(), [""; 0]);
    book.change("- four", "- for");
    book.complete();
    book.assert_complete();
}
