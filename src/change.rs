//! Change sets: edits and moves of the files of a book, as data. They are made from the book in memory, and proved
//! there before anything is written.

mod config_paths;
mod field_word;
mod key_places;
mod kind_name;
mod moved;
mod moved_notes;
mod part_place;
mod proof;
mod relocation;
mod renaming;
mod respelling;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use field_word::{DeclaredWord, FieldWord, WordPlace, declared_words, word_places};
pub use kind_name::{kind_places, renamed_kind};
pub use moved::{MoveError, MovedPaths};
pub use part_place::part_place;
pub use relocation::{Relocation, RelocationError, relocate};
pub use renaming::{prove_edits, rename_alias, rename_part, retitle};
pub use respelling::relative_path;

use crate::diagnostic::{TextEdit, with_edits};
use crate::path::SourcePath;
use crate::source::{FileContent, Source, SourceEdit, Sources};
use crate::span::Span;

/// Edits and moves of the files of a book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSet {
    /// The new place of each file that moves.
    pub moves: BTreeMap<SourcePath, SourcePath>,
    /// The edits of each text, in the order of the text. Files are named by their places before the moves.
    pub edits: BTreeMap<SourcePath, Vec<TextEdit>>,
}

/// A file of the book before and after a change set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFile {
    /// The path.
    pub path: SourcePath,
    /// The content before; `None` if there was no such file.
    pub before: Option<Arc<[u8]>>,
    /// The content after; `None` if there is no such file any more.
    pub after: Option<Arc<[u8]>>,
}

impl ChangeSet {
    /// Adds an edit of the file at `path`.
    pub fn edit(&mut self, path: &SourcePath, edit: TextEdit) {
        let edits = self.edits.entry(path.clone()).or_default();
        let at = edits.partition_point(|before| before.span <= edit.span);
        edits.insert(at, edit);
    }

    /// Returns the place that a span of the file at `path`, which no edit touches, has after the edits.
    fn span_after(&self, path: &SourcePath, span: Span) -> Span {
        let edits = self.edits.get(path).into_iter().flatten();
        let above = edits.filter(|edit| edit.span.start <= span.start);
        let moved = above.fold(i64::from(span.start), |at, edit| {
            at + edit.text.len() as i64 - i64::from(edit.span.end - edit.span.start)
        });
        let start = u32::try_from(moved).unwrap_or(span.start);
        Span { start, end: start + (span.end - span.start) }
    }

    /// Returns the files that differ, in the order of their paths; `None` if edits overlap, or if the content of a file
    /// is not known.
    pub fn files(&self, sources: &Sources) -> Option<Vec<ChangedFile>> {
        let mut files: BTreeMap<SourcePath, ChangedFile> = BTreeMap::new();
        for path in self.moves.keys() {
            unchanged(&mut files, sources, path)?.after = None;
        }
        for path in self.moves.keys().chain(self.edits.keys()) {
            let source = sources.get(path)?;
            let after = match self.edits.get(path) {
                Some(edits) => with_edits(source.text()?, edits)?.into_bytes().into(),
                None => bytes(source)?,
            };
            let place = self.moves.get(path).unwrap_or(path);
            unchanged(&mut files, sources, place)?.after = Some(after);
        }
        Some(files.into_values().filter(|file| file.before != file.after).collect())
    }
}

impl ChangedFile {
    /// Returns the change as an edit of the book in memory.
    pub fn source_edit(&self) -> SourceEdit {
        match &self.after {
            Some(bytes) => SourceEdit::Put(Source::new(self.path.clone(), bytes.to_vec())),
            None => SourceEdit::Remove(self.path.clone()),
        }
    }
}

/// Returns the file at `path`, as it is if it is not among `files` yet; `None` if its content is not known.
fn unchanged<'f>(
    files: &'f mut BTreeMap<SourcePath, ChangedFile>,
    sources: &Sources,
    path: &SourcePath,
) -> Option<&'f mut ChangedFile> {
    let before = match sources.get(path) {
        Some(source) => Some(bytes(source)?),
        None => None,
    };
    let after = before.clone();
    Some(files.entry(path.clone()).or_insert(ChangedFile { path: path.clone(), before, after }))
}

/// Returns the content of a file; `None` if it was not read.
fn bytes(source: &Source) -> Option<Arc<[u8]>> {
    match &source.content {
        FileContent::Text(text) => Some(text.as_bytes().into()),
        FileContent::Bytes(bytes) => Some(Arc::clone(bytes)),
        FileContent::Refused(_) => None,
    }
}
