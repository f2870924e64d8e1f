//! Files for translators: what is written to them, and what comes back.
#![allow(clippy::disallowed_methods, reason = "tests read and write files and start programs")]

mod commands;
mod hostile;
mod placeholders;
mod stale;
#[path = "../support/mod.rs"]
mod support;
mod whole_book;

use fieldbook::exchange::{
    Catalog, CatalogFormat, ExportSelection, ImportOutcome, ImportProblem, ImportedNote,
    ReadCatalog, export, import,
};
use fieldbook::language::Language;
use fieldbook::source::Sources;
use fieldbook::workspace::Workspace;

/// Returns the workspace of a book.
pub(crate) fn workspace(sources: Sources) -> Workspace {
    let mut workspace = Workspace::new(support::options());
    let edits = sources.into_files().map(fieldbook::source::SourceEdit::Put).collect();
    let _ = workspace.open(edits);
    workspace
}

/// Returns all texts of a book for translators into a language.
pub(crate) fn exported(workspace: &Workspace, code: &str) -> Catalog {
    let language = Language::new(code).expect("a language");
    let selection = ExportSelection {
        language: &language,
        missing: true,
        stale: true,
        current: true,
        is_wanted: &|_| true,
        previous: None,
    };
    let site = workspace.site().expect("a site");
    let notes = export(site, workspace.sources(), &selection);
    Catalog {
        title: "A book".to_owned(),
        from: "en".to_owned(),
        to: code.to_owned(),
        entries: notes.into_iter().flat_map(|note| note.entries).collect(),
    }
}

/// Imports a catalog.
pub(crate) fn imported(
    workspace: &Workspace,
    code: &str,
    catalog: Catalog,
    partial: bool,
) -> Result<ImportOutcome, Vec<ImportProblem>> {
    let language = Language::new(code).expect("a language");
    let read = ReadCatalog { file: "x.po".to_owned(), catalog };
    let site = workspace.site().expect("a site");
    import(site, workspace.sources(), &language, &[read], partial)
}

/// Returns a catalog after it was written and read.
pub(crate) fn written_and_read(catalog: &Catalog, format: CatalogFormat) -> Catalog {
    let text = format.write(catalog);
    format.read(&text).unwrap_or_else(|why| panic!("{why:?}\n{text}"))
}

/// Returns the only change of an import.
pub(crate) fn only(outcome: ImportOutcome) -> ImportedNote {
    assert_eq!(outcome.changes.len(), 1, "{outcome:?}");
    outcome.changes.into_iter().next().expect("a change")
}
