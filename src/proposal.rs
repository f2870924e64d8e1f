//! Changes of notes and pictures that somebody hands to those who keep the book: what they are, as a file, and as the page of a
//! code host on which they are proposed. Pure.
//!
//! A file may come from anybody, so it is read as if its maker meant harm: only notes and the files beside them can be in it, each
//! is named by a path in the folder of the notes, and what is unpacked is limited.

mod bundle;
mod commit;
mod compare_page;

use std::collections::BTreeSet;

pub use bundle::{BundleError, BundledFile, ProposalBundle};
pub use commit::ProposedCommit;
pub use compare_page::{compare_page, repository_name};

use crate::path::SourcePath;
use crate::source::{Source, SourceRole, Sources};

/// A file that a proposal changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedFile {
    /// The path in the book.
    pub path: SourcePath,
    /// The bytes before; none if it is new.
    pub before: Option<Vec<u8>>,
    /// The bytes after; none if it is removed.
    pub after: Option<Vec<u8>>,
}

/// Returns the notes, and the files beside notes, that differ between two states of a book, and the other files of the book
/// that differ, which no proposal holds.
pub fn proposed_files(before: &Sources, after: &Sources) -> (Vec<ProposedFile>, Vec<SourcePath>) {
    let paths = |sources: &Sources| sources.iter().map(|source| source.path.clone()).collect();
    let mut all: BTreeSet<SourcePath> = paths(before);
    all.append(&mut paths(after));
    let (mut proposed, mut others) = (Vec::new(), Vec::new());
    for path in all {
        let (old, new) = (before.get(&path), after.get(&path));
        if old.map(|old| &old.content) == new.map(|new| &new.content) {
            continue;
        }
        if !is_proposable(&path) || [old, new].into_iter().flatten().any(|it| it.bytes().is_none())
        {
            others.push(path);
            continue;
        }
        let (before, after) = (old.and_then(Source::bytes), new.and_then(Source::bytes));
        proposed.push(ProposedFile { path, before, after });
    }
    (proposed, others)
}

/// Returns whether a proposal may hold the file at a path: a note, or a file beside notes.
fn is_proposable(path: &SourcePath) -> bool {
    let is_hidden = path.as_str().split('/').any(|part| part.starts_with('.'));
    let is_of_notes = matches!(SourceRole::of(path), SourceRole::Note | SourceRole::Attachment);
    // Where notes lie at the top of the book, its settings are among them.
    let is_setting = path.as_str().to_lowercase().ends_with(".toml");
    is_of_notes && !is_hidden && !is_setting
}
