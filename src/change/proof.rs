//! The proof of a move: every link leads to the note and part, or the file, that it led to before.

use std::collections::BTreeMap;

use super::MovedPaths;
use crate::files::FileId;
use crate::graph::Resolution;
use crate::language::Language;
use crate::note::{Note, NoteId, Origin};
use crate::path::SourcePath;
use crate::site::Site;

/// The notes and files of a book after a move, by those before it.
pub(super) struct Counterparts {
    /// By note.
    notes: Vec<Option<NoteId>>,
    /// By file.
    files: Vec<Option<FileId>>,
}

impl Counterparts {
    /// Finds the notes and files of `before` in `after`.
    pub(super) fn new(before: &Site, after: &Site, moved: &MovedPaths) -> Self {
        let there: BTreeMap<(&SourcePath, &Language), NoteId> = after
            .notes()
            .map(|(id, note)| ((&note.source, &note.facts.place.language), id))
            .collect();
        let note = |(_, note): (NoteId, &Note)| {
            let source = moved.new_place(&note.source);
            there.get(&(&source, &note.facts.place.language)).copied()
        };
        let files: BTreeMap<&SourcePath, FileId> =
            (0..).map(FileId).zip(after.files.iter()).map(|(id, (_, path))| (path, id)).collect();
        let file = |(_, path): &(_, SourcePath)| files.get(&moved.new_place(path)).copied();
        Self {
            notes: before.notes().map(note).collect(),
            files: before.files.iter().map(file).collect(),
        }
    }

    /// Returns the note after the move.
    pub(super) fn note(&self, before: NoteId) -> Option<NoteId> {
        self.notes[before.index()]
    }

    /// Returns the resolution that a link should have after the move; `None` if its target is gone.
    pub(super) fn expected(&self, before: Resolution) -> Option<Resolution> {
        Some(match before {
            Resolution::Note(id, part) => Resolution::Note(self.note(id)?, part),
            Resolution::WrongKind(id) => Resolution::WrongKind(self.note(id)?),
            Resolution::File(id) => Resolution::File(self.files[id.0 as usize]?),
            Resolution::Missing => Resolution::Missing,
            Resolution::Ambiguous => Resolution::Ambiguous,
        })
    }

    /// Returns the index of the first link that leads elsewhere `now` than it did, of those of one note.
    pub(super) fn first_other(&self, before: &[Resolution], now: &[Resolution]) -> Option<usize> {
        before.iter().zip(now).position(|(before, now)| self.expected(*before) != Some(*now))
    }
}

/// Returns the notes that have a file, as they were read from it.
pub(super) fn written(site: &Site) -> impl Iterator<Item = (NoteId, &Note)> {
    let files = site.notes().filter(|(_, note)| note.facts.origin == Origin::File);
    files.map(|(id, note)| (id, as_read(note)))
}

/// Returns a note as it was read, without what it inherits from its original.
pub(super) fn as_read(note: &Note) -> &Note {
    note.made_of.last().map_or(note, |read| read)
}
