//! The French notes of this repository's book, exported and imported.

use std::path::Path;
use std::process::Command;

use fieldbook::disk;
use fieldbook::exchange::{Catalog, CatalogFormat};
use fieldbook::path::SourcePath;
use fieldbook::source::{Source, Sources};

use crate::{exported, imported, workspace, written_and_read};

fn book() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    disk::read(root, &SourcePath::new("book.toml")).expect("the book")
}

/// Checks a file of gettext's with its own program, which has nothing to say.
#[expect(clippy::print_stderr, reason = "a test that is not made says so")]
fn assert_valid(po: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("x.po");
    std::fs::write(&file, po).expect("a file");
    let run = Command::new("msgfmt").arg("--check").arg("-o").arg("/dev/null").arg(&file).output();
    let Ok(run) = run else {
        let message = "there is no msgfmt, so no export was checked with it";
        assert!(std::env::var_os("CI").is_none(), "{message}");
        eprintln!("{message}");
        return;
    };
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && said.is_empty(), "{said}");
}

#[test]
fn an_untouched_export_changes_nothing() {
    let workspace = workspace(book());
    let catalog = exported(&workspace, "fr");
    assert!(catalog.entries.iter().filter(|entry| !entry.target.is_empty()).count() > 700);
    for format in [CatalogFormat::Po, CatalogFormat::Csv] {
        let read = written_and_read(&catalog, format);
        let outcome = imported(&workspace, "fr", read, false).expect("no problems");
        assert_eq!(outcome.changes, [], "{:?}", format);
        assert_eq!(outcome.remarks, [""; 0]);
    }
}

#[test]
fn msgfmt_accepts_every_export() {
    let workspace = workspace(book());
    let catalog = exported(&workspace, "fr");
    assert_valid(&CatalogFormat::Po.write(&catalog));
    // A note in a file of its own.
    for note in
        catalog.entries.chunk_by(|a, b| note_of(&a.context) == note_of(&b.context)).step_by(40)
    {
        assert_valid(
            &CatalogFormat::Po.write(&Catalog { entries: note.to_vec(), ..catalog.clone() }),
        );
    }
}

fn note_of(context: &str) -> &str {
    context.rsplit_once('#').expect("a part").0
}

#[test]
fn each_translation_can_be_made_again_from_its_export() {
    let whole = book();
    let catalog = exported(&workspace(book()), "fr");
    let is_french = |source: &Source| source.path.as_str().ends_with(".fr.md");
    let (french, rest): (Vec<Source>, Vec<Source>) = whole.into_files().partition(is_french);
    let without = workspace(rest.iter().cloned().collect());
    let outcome = imported(&without, "fr", catalog.clone(), false).expect("no problems");
    assert_eq!(outcome.changes.len(), french.len(), "{:?}", outcome.remarks);
    let made = outcome
        .changes
        .iter()
        .map(|change| Source::new(change.path.clone(), change.after.clone().into_bytes()));
    let again = workspace(rest.iter().cloned().chain(made).collect());
    let texts = |catalog: &Catalog| -> Vec<(String, String, String)> {
        let entries = catalog.entries.iter();
        entries
            .map(|entry| (entry.context.clone(), entry.source.clone(), entry.target.clone()))
            .collect()
    };
    let (before, after) = (texts(&catalog), texts(&exported(&again, "fr")));
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after);
    }
}

#[test]
fn a_changed_text_changes_nothing_else() {
    let workspace = workspace(book());
    let catalog = exported(&workspace, "fr");
    let translated: Vec<usize> =
        (0..catalog.entries.len()).filter(|at| !catalog.entries[*at].target.is_empty()).collect();
    for at in translated.into_iter().step_by(23) {
        let mut entries = vec![catalog.entries[at].clone()];
        let before = entries[0].target.clone();
        entries[0].target.push('‽');
        let outcome = imported(&workspace, "fr", Catalog { entries, ..catalog.clone() }, false);
        let change =
            crate::only(outcome.unwrap_or_else(|problems| panic!("{before}: {problems:?}")));
        assert_eq!(change.taken, 1);
        let text = change.before.expect("a translation");
        assert_eq!(change.after.replace('‽', ""), text, "{before}");
        assert_eq!(change.after.len(), text.len() + '‽'.len_utf8());
    }
}
