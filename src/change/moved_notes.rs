//! The settings of notes that move: their titles and their former addresses.

use std::collections::BTreeMap;

use super::ChangeSet;
use super::proof::{Counterparts, as_read, written};
use crate::note::{Note, NoteId};
use crate::note_settings::{MovedNote, with_moved_address};
use crate::path::{OutputPath, SourcePath};
use crate::site::Site;
use crate::slug::composed;
use crate::source::{Source, Sources};

/// Returns the titles that notes have from the names of their files, where these change, by the paths before the move.
pub(super) fn titles_of_files(
    before: &Site,
    after: &Site,
    counterparts: &Counterparts,
) -> BTreeMap<SourcePath, String> {
    let title = |(id, note): (NoteId, &Note)| {
        let new = as_read(after.note(counterparts.note(id)?));
        let title = &note.facts.card.title;
        (*title != new.facts.card.title).then(|| (note.source.clone(), title.to_string()))
    };
    written(before).filter_map(title).collect()
}

/// The notes of a book that moves.
pub(super) struct MovedNotes<'a> {
    /// The book before the move.
    pub(super) before: &'a Site,
    /// Its files.
    pub(super) sources: &'a Sources,
    /// The titles that have to be written, by the paths before the move.
    pub(super) titles: &'a BTreeMap<SourcePath, String>,
}

impl MovedNotes<'_> {
    /// Adds the edits of front matter to `changes`, of which `after` is the book. The former addresses of pages become
    /// their aliases if `keeps_addresses` is true. The error is the file of a note whose front matter can't be edited.
    pub(super) fn edit(
        &self,
        changes: &mut ChangeSet,
        after: &Site,
        counterparts: &Counterparts,
        keeps_addresses: bool,
    ) -> Result<(), SourcePath> {
        // Some systems take addresses for the same that differ only in capital letters.
        let small = |address: &OutputPath| composed(address.as_str()).to_lowercase();
        for (id, note) in written(self.before) {
            let old = &note.facts.place.output;
            let Some(new) = counterparts.note(id) else { continue };
            let new = &after.note(new).facts.place.output;
            let title = self.titles.get(&note.source).map(String::as_str);
            if new == old && title.is_none() {
                continue;
            }
            let keeps_address = keeps_addresses && small(new) != small(old);
            let moved = MovedNote { address: new, keeps_address, title };
            let text = self.sources.get(&note.source).and_then(Source::text);
            let kind = self.before.config.kind(note.facts.kind);
            match text.and_then(|text| with_moved_address(text, note, kind, moved)) {
                Some(edits) => edits.into_iter().for_each(|edit| changes.edit(&note.source, edit)),
                None if keeps_address || title.is_some() => {
                    return Err(note.source.clone());
                }
                None => {}
            }
        }
        Ok(())
    }
}
