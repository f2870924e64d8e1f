//! The command `translation accept`.

use crate::support::book::Book;
use crate::{ARABIC, CONFIG, FRENCH, ORIGINAL, original, record, translation};

const HOME: (&str, &str) = ("content/index.md", "+++\ntitle = \"Home\"\n+++\n\n[[a]]\n");

fn book(now: &str, translations: &[(&str, &str)]) -> Book {
    let mut files = vec![("book.toml", CONFIG), HOME, (ORIGINAL, now)];
    files.extend(translations);
    Book::new(&files)
}

/// The report of the rule, with the names of the parts that have changed.
fn stale(book: &Book) -> String {
    let run = book.run(&["check", "--format", "line"]);
    let lines = run.out.lines().filter(|line| line.contains("stale-translation"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn accepting_clears_what_has_changed_and_keeps_every_other_byte() {
    let now = original().replace("Paragraph 4", "Part 4").replace("Paragraph 7", "Part 7");
    let french = translation(&record(&original())).replace('\n', "\r\n");
    let french = french.replace("\"A\"\r\n", "\"A\" # a remark\r\n");
    let book = book(&now, &[(FRENCH, &french)]);
    let report = stale(&book);
    let says = "2 of 10 paragraphs of content/asks/a.md have changed since this translation: ¶4 (line 14), ¶7 (line 23)";
    assert!(report.contains(says), "{report}");

    book.run(&["translation", "accept", FRENCH, "¶4"]).ends(0);
    let report = stale(&book);
    assert!(report.contains("1 of 10 paragraphs") && report.contains("¶7 (line 23)"), "{report}");
    assert!(!report.contains("¶4"), "{report}");

    book.run(&["translation", "accept", FRENCH]).ends(0).says("recorded 11 parts");
    assert_eq!(stale(&book), "");
    let written = book.read(FRENCH);
    let without = |text: &str| {
        let (before, rest) = text.split_once("translated-from").expect("a record");
        format!("{before}{}", rest.split_once(']').expect("its end").1)
    };
    assert_eq!(without(&written), without(&french));
    assert!(written.replace("\r\n", "").find('\n').is_none(), "{written:?}");
}

#[test]
fn a_record_is_put_below_what_is_said_of_the_translation() {
    let french = "+++\ntitle = \"A\"\ntranslated-by = \"X\" # hired\nsummary = \"S\"\n\n[[changes]]\ndate = 2024-01-01\nweight = \"editorial\"\ntext = \"t\"\n+++\nTexte.\n";
    let book = book(&original(), &[(FRENCH, french)]);
    book.run(&["translation", "accept", FRENCH, "4"]).ends(2).says("has recorded no part yet");
    book.run(&["translation", "accept", FRENCH]).ends(0);
    let written = book.read(FRENCH);
    let (before, rest) = written.split_once("\ntranslated-from = [\n").expect("a record");
    assert!(before.ends_with("translated-by = \"X\" # hired"), "{written}");
    assert_eq!(format!("{before}{}", rest.split_once(']').expect("its end").1), french);
    assert!(rest.starts_with("  \"title:"), "{written}");
    assert_eq!(stale(&book), "");
}

#[test]
fn a_translation_whose_title_is_a_heading_records_its_original() {
    for french in [
        "# Titre\n\nTexte.\n",
        "\u{feff}# Titre\r\n\r\nTexte.\r\n",
        "Texte sans titre.\n",
        "---\nsummary: S\n---\n# Titre\n\nTexte.\n",
        "---\n---\n# Titre\n\nTexte.\n",
        "---\ntitle: Titre\ntranslated-by: X\n---\nTexte.\n",
        "+++\n[[changes]]\ndate = 2024-01-01\nweight = \"editorial\"\ntext = \"t\"\n+++\n# Titre\n\nTexte.\n",
    ] {
        let now = original();
        let book = book(&now, &[(FRENCH, french)]);
        book.run(&["translation", "accept", FRENCH]).ends(0).says("recorded 11 parts");
        let written = book.read(FRENCH);
        assert_eq!(stale(&book), "", "{written}");
        let run = book.run(&["check", "--format", "line"]);
        assert!(!run.out.contains("a.fr.md: error"), "{}\n{written}", run.out);
        let lines: Vec<&str> = french.trim_start_matches('\u{feff}').lines().collect();
        let is_kept = lines.iter().all(|line| written.lines().any(|kept| kept == *line));
        assert!(is_kept, "{written}");
        // It is followed from then on, and what it says stays.
        book.write(ORIGINAL, now.replace("Paragraph 4", "Part 4"));
        assert!(stale(&book).contains("¶4"), "{written}");
        book.run(&["translation", "accept", FRENCH, "4"]).ends(0);
        assert_eq!(stale(&book), "");
    }
}

#[test]
fn new_lost_and_moved_parts_are_accepted_one_by_one() {
    let third = "Paragraph 3 says this. It goes on,\nas it should.\n\n";
    let sixth = "Paragraph 6 says this. It goes on,\nas it should.\n\n";
    let now = original().replace(third, "").replace(sixth, "");
    let now = now.replace("Paragraph 8", &format!("A new one.\n\n{sixth}Paragraph 8"));
    let book = book(&now, &[(FRENCH, &translation(&record(&original())))]);
    let says = |part: &str| stale(&book).contains(part);
    assert!(
        says("one that is gone") && says("¶6 (line 20, new)") && says("¶5 (line 17, moved)"),
        "{}",
        stale(&book)
    );
    book.run(&["translation", "accept", FRENCH, "gone"]).ends(0);
    assert!(!says("gone") && says("new") && says("moved"), "{}", stale(&book));
    book.run(&["translation", "accept", FRENCH, "6"]).ends(0);
    assert!(!says("gone") && !says("new") && says("moved"), "{}", stale(&book));
    book.run(&["translation", "accept", FRENCH, "5"]).ends(0);
    assert_eq!(stale(&book), "");
}

#[test]
fn a_minor_change_is_carried_through_current_translations() {
    // The French follows the original but for a misprint corrected since; the Arabic is behind in another part.
    let older = original().replace("Paragraph 2", "Section 2");
    let now = original().replace("Paragraph 5 says", "Paragraph 5 said");
    let french = translation(&record(&original()));
    let arabic = translation(&record(&older));
    let book = book(&now, &[(FRENCH, &french), (ARABIC, &arabic)]);
    book.run(&["translation", "accept", "--minor", ORIGINAL]).ends(0);
    let report = stale(&book);
    assert!(!report.contains("a.fr.md"), "{report}");
    assert!(
        report.contains("a.ar.md") && report.contains("¶2") && !report.contains("¶5"),
        "{report}"
    );
    book.run(&["translation", "accept", "--minor", ORIGINAL]).ends(2).says("no part of");
}

#[test]
fn a_change_that_may_not_be_minor_is_asked_about() {
    let now = original().replace("Paragraph 2", "Section 2").replace("Paragraph 5", "Part 5");
    let french = translation(&record(&original()));
    let asked = book(&now, &[(FRENCH, &french)]);
    let run = asked.run(&["translation", "accept", "--minor", ORIGINAL]).ends(2);
    assert!(run.err.contains("2 (line 8), 5 (line 17)"), "{}", run.err);
    assert_eq!(asked.read(FRENCH), french);
    asked.run(&["translation", "accept", "--minor", ORIGINAL, "5"]).ends(0);
    assert!(stale(&asked).contains("¶2") && !stale(&asked).contains("¶5"));

    // Both are behind in the same part, from different texts: only the earlier original tells which was current.
    let older = original().replace("Paragraph 5", "Section 5");
    let now = original().replace("Paragraph 5", "Part 5");
    let arabic = translation(&record(&older));
    let differing = book(&now, &[(FRENCH, &french), (ARABIC, &arabic)]);
    differing.run(&["translation", "accept", "--minor", ORIGINAL]).ends(2).says("--was");
    assert_eq!((differing.read(FRENCH), differing.read(ARABIC)), (french, arabic));
    differing.write("was.md", original());
    let was = differing.path("was.md");
    let was = was.to_str().expect("a path");
    differing.run(&["translation", "accept", "--minor", ORIGINAL, "--was", was]).ends(0);
    let report = stale(&differing);
    assert!(!report.contains("a.fr.md") && report.contains("a.ar.md"), "{report}");
}

#[test]
fn what_can_not_be_accepted_is_refused() {
    let french = translation(&record(&original()));
    let book = book(&original(), &[(FRENCH, &french)]);
    book.run(&["translation", "accept", ORIGINAL]).ends(2).says("is an original");
    book.run(&["translation", "accept", "--minor", FRENCH]).ends(2).says("is a translation");
    book.run(&["translation", "accept", FRENCH, "11"]).ends(2).says("a number from 1 to 10");
    book.run(&["translation", "accept", "book.toml"]).ends(2).says("is no note");
    assert_eq!(book.read(FRENCH), french);
}
