//! The values that a field of a new note may hold.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::{FieldConfig, FieldValues, KindId};
use crate::note::{Note, NoteId, Origin};
use crate::site::Site;

/// A value that a field may hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChoice {
    /// The value as it is written.
    pub written: String,
    /// The value as readers see it.
    pub shown: String,
}

/// Returns the values that a field may hold, if they can be listed: its words, or notes of the kinds that it points at.
pub fn choices(site: &Site, field: &FieldConfig) -> Vec<FieldChoice> {
    match field.shape.as_type().values() {
        FieldValues::Any => Vec::new(),
        FieldValues::Words(words) => {
            let choice = |word: &String| FieldChoice { written: word.clone(), shown: word.clone() };
            words.iter().map(choice).collect()
        }
        FieldValues::Notes(kinds) => note_choices(site, Some(kinds)),
    }
}

/// Returns the notes of some kinds, or of all, as a field or a link names them: those that are current first.
pub fn note_choices(site: &Site, kinds: Option<&[KindId]>) -> Vec<FieldChoice> {
    offered_notes(site, kinds).into_iter().map(|(_, choice)| choice).collect()
}

/// Returns the same with the ids of the notes.
pub fn offered_notes(site: &Site, kinds: Option<&[KindId]>) -> Vec<(NoteId, FieldChoice)> {
    let is_fit = |(_, note): &(NoteId, &Note)| {
        kinds.is_none_or(|kinds| kinds.contains(&note.facts.kind))
            && note.facts.place.language == *site.config.language()
            && matches!(note.facts.origin, Origin::File | Origin::OpenField)
            && !note.facts.place.is_index()
    };
    let mut notes: Vec<(NoteId, &Note)> = site.notes().filter(is_fit).collect();
    notes.sort_by_key(|(id, note)| {
        (site.is_past(*id), site.graph.positions[id.index()], note.facts.place.path.clone())
    });
    let stem = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let mut counts = BTreeMap::new();
    for (_, note) in &notes {
        *counts.entry(stem(&note.facts.place.path)).or_insert(0usize) += 1;
    }
    let choice = |(id, note): (NoteId, &Note)| {
        let path = &note.facts.place.path;
        let name = stem(path);
        let written = if counts.get(&name) == Some(&1) { name } else { format!("/{path}") };
        (id, FieldChoice { written, shown: note.facts.card.title.clone() })
    };
    notes.into_iter().map(choice).collect()
}
