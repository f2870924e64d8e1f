//! The notice to readers of a translation, which is the same after edits as in a clean build.

use fieldbook::source::SourceEdit;

use crate::support::{Tree, make, open, options, source, sources};
use crate::{ARABIC, CONFIG, FRENCH, ORIGINAL, counts, original, record, translation};

/// Returns the site of the original as it now is, with a translation of the original as it was.
fn site(now: &str) -> (Option<[u32; 5]>, Tree) {
    let french = translation(&record(&original()));
    let files = [("book.toml", CONFIG), (ORIGINAL, now), (FRENCH, &french)];
    let (workspace, tree) = open(sources(&files), options());
    (counts(&workspace, FRENCH), tree.expect("no errors"))
}

fn page<'t>(tree: &'t Tree, path: &str) -> &'t str {
    std::str::from_utf8(&tree[path]).expect("text")
}

#[test]
fn the_paragraph_of_a_changed_sentence_is_marked() {
    let (counts, tree) =
        site(&original().replace("Paragraph 4 says", "Paragraph 4 no longer says"));
    assert_eq!(counts, Some([1, 0, 0, 0, 10]));
    let french = page(&tree, "fr/asks/a.html");
    assert!(french.contains("1 paragraphe sur 10 a changé depuis cette traduction"), "{french}");
    let mark = "<p><a class=\"tag\" id=\"page.part.4\" href=\"../../asks/a.html#page.part.4\" hreflang=\"en\">Modifié dans \
                l’original</a> Le paragraphe 4 dit";
    assert!(french.contains(mark), "{french}");
    assert_eq!(french.matches("class=\"tag\"").count(), 1, "{french}");
    let listed = "<a href=\"#page.part.4\">Le paragraphe 4 dit ceci.</a>";
    assert!(french.contains(listed), "{french}");
    let english = page(&tree, "asks/a.html");
    assert!(english.contains("<p><span id=\"page.part.4\"></span>Paragraph 4"), "{english}");
    assert_eq!(english.matches("page.part.").count(), 1, "{english}");
    // The Arabic page shows the original, with neither marks nor places.
    assert!(!page(&tree, "ar/asks/a.html").contains("page.part."));
}

#[test]
fn other_line_breaks_change_nothing() {
    let (counts, tree) =
        site(&original().replace("this. It goes on,\nas", "this.\nIt goes   on, as"));
    assert_eq!(counts, Some([0, 0, 0, 0, 10]));
    let french = page(&tree, "fr/asks/a.html");
    assert!(!french.contains("class=\"tag\"") && !french.contains("traduction</p>"), "{french}");
    assert!(!page(&tree, "asks/a.html").contains("page.part."));
}

#[test]
fn a_paragraph_that_moved_has_not_changed() {
    let third = "Paragraph 3 says this. It goes on,\nas it should.\n";
    let moved = original().replace(&format!("{third}\n"), "") + "\n" + third;
    let (counts, tree) = site(&moved);
    assert_eq!(counts, Some([0, 0, 0, 1, 10]));
    let french = page(&tree, "fr/asks/a.html");
    assert!(french.contains("L’original a changé depuis cette traduction"), "{french}");
    let mark = "href=\"../../asks/a.html#page.part.10\" hreflang=\"en\">Déplacé dans l’original</a> Le paragraphe 3 dit";
    assert!(french.contains(mark), "{french}");
}

#[test]
fn new_and_lost_paragraphs_are_told() {
    let third = "Paragraph 3 says this. It goes on,\nas it should.\n\n";
    let now = original().replace(third, "").replace("Paragraph 8", "A new one.\n\nParagraph 8");
    let (counts, tree) = site(&now);
    assert_eq!(counts, Some([0, 1, 1, 0, 10]));
    let french = page(&tree, "fr/asks/a.html");
    assert!(french.contains("1 paragraphe sur 10 a changé"), "{french}");
    let gone =
        "<span class=\"tag\" id=\"page.part.3\">Supprimé dans l’original</span> Le paragraphe 3";
    assert!(french.contains(gone), "{french}");
    let new = "href=\"../../asks/a.html#page.part.7\" hreflang=\"en\">Ajout à la suite dans l’original</a> Le paragraphe 7";
    assert!(french.contains(new), "{french}");
}

#[test]
fn a_changed_title_is_named() {
    let (counts, tree) = site(&original().replace("title = \"A\"", "title = \"B\""));
    assert_eq!(counts, Some([0, 0, 0, 0, 10]));
    let french = page(&tree, "fr/asks/a.html");
    assert!(
        french.contains(
            "<a href=\"../../asks/a.html\" hreflang=\"en\">Modifié dans l’original</a>\u{a0}: Titre</li>"
        ),
        "{french}"
    );
}

#[test]
fn nothing_is_said_of_a_translation_that_recorded_nothing() {
    let french = translation("[]").replace("translated-from = []\n", "");
    let files = [("book.toml", CONFIG), (ORIGINAL, &original()), (FRENCH, &french)];
    let (workspace, tree) = open(sources(&files), options());
    assert_eq!(counts(&workspace, FRENCH), None);
    assert!(!page(&tree.expect("no errors"), "fr/asks/a.html").contains("traduction</p>"));
}

#[test]
fn a_translation_with_other_blocks_is_marked_at_its_headings() {
    let now = original().replace("Paragraph 6", "## Half\n\nParagraph 6");
    let french =
        translation(&record(&now)).replace("Le paragraphe 6", "## Moitié\n\nLe paragraphe 6");
    let french = french.replace("ceci.\n\nLe paragraphe 8", "ceci. Le paragraphe 8");
    let now = now.replace("Paragraph 9 says", "Paragraph 9 says only");
    let files = [("book.toml", CONFIG), (ORIGINAL, &now), (FRENCH, &french)];
    let (_, tree) = open(sources(&files), options());
    let tree = tree.expect("no errors");
    let page = page(&tree, "fr/asks/a.html");
    assert!(page.contains("Modifié dans l’original</a> Moitié</h2>"), "{page}");
}

#[test]
fn the_site_after_edits_is_that_of_a_clean_build() {
    let first = original();
    let record_then = record(&first);
    let changed = first.replace("Paragraph 4 says", "Paragraph 4 no longer says");
    let again = changed.replace("Paragraph 4 no longer", "Paragraph 4 never");
    let two = again.replace("Paragraph 9", "Another paragraph");
    let french = translation(&record_then);
    let steps: &[(&str, String)] = &[
        (ORIGINAL, changed.clone()),
        (ORIGINAL, again),
        (FRENCH, french.replace("Le paragraphe 4", "Le paragraphe quatre")),
        (FRENCH, french.replace("ceci.\n\nLe paragraphe 8", "ceci. Le paragraphe 8")),
        (ORIGINAL, two.clone()),
        (FRENCH, translation(&record(&two))),
        (ARABIC, translation(&record_then)),
        (ORIGINAL, two.replace("Paragraph 2", "## Heading\n\nParagraph 2")),
        (ORIGINAL, first.clone()),
        (FRENCH, french.replace("translated-from", "translated-by = \"X\"\ntranslated-from")),
        (FRENCH, translation("[]").replace("translated-from = []\n", "")),
    ];
    let mut now = vec![("book.toml", CONFIG.to_owned()), (ORIGINAL, first), (FRENCH, french)];
    let files = |now: &[(&'static str, String)]| {
        sources(&now.iter().map(|(path, text)| (*path, text.as_str())).collect::<Vec<_>>())
    };
    let (mut workspace, tree) = open(files(&now), options());
    let mut tree = tree.expect("no errors");
    for (at, (path, text)) in steps.iter().enumerate() {
        now.retain(|(other, _)| other != path);
        now.push((path, text.clone()));
        let edit = SourceEdit::Put(source(path, text.as_bytes()));
        make(&mut tree, workspace.apply(vec![edit]).expect("no errors"));
        let (clean, expected) = open(files(&now), options());
        let expected = expected.expect("no errors");
        for (path, bytes) in &expected {
            assert!(tree.get(path) == Some(bytes), "step {at}: {path}");
        }
        assert_eq!(tree.len(), expected.len(), "step {at}");
        assert_eq!(workspace.diagnostics(), clean.diagnostics(), "step {at}");
    }
}

#[test]
fn many_paragraphs_take_time_in_proportion() {
    // Comparing each with each would take hours.
    let count = 30_000;
    let note = |word: &str| {
        let paragraphs: Vec<String> = (0..count).map(|n| format!("{word} {n}\n")).collect();
        format!("+++\ntitle = \"A\"\n+++\n{}", paragraphs.join("\n"))
    };
    let (before, now) = (record(&note("Old")), note("New"));
    let french = format!("+++\ntitle = \"A\"\ntranslated-from = {before}\n+++\nCourt.\n");
    let files = [("book.toml", CONFIG), (ORIGINAL, &now), (FRENCH, &french)];
    let (workspace, _) = open(sources(&files), options());
    // Of so many short hashes, some are equal.
    let [changed, new, .., total] = counts(&workspace, FRENCH).expect("a state");
    assert!(changed + new > count / 100 * 99 && total == count, "{changed} {new} {total}");
}
