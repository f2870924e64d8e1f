//! The notes with all their names, to be found while somebody types.

use crate::authoring::{FieldChoice, offered_notes};
use crate::note::NoteId;
use crate::site::Site;
use crate::slug::fold;

/// A note as a link may call it.
#[derive(Clone, Debug)]
pub(super) struct NamedNote {
    pub(super) id: NoteId,
    /// The shortest name that means no other note.
    pub(super) written: String,
    /// All its names, folded, each in a line.
    names: String,
}

/// The notes with all their names: those that are current first.
pub(super) struct NamedNotes {
    notes: Vec<NamedNote>,
}

impl NamedNotes {
    pub(super) fn new(site: &Site) -> Self {
        let named = |(id, choice): (NoteId, FieldChoice)| {
            let facts = &site.note(id).facts;
            let path: &str = &facts.place.path;
            let names = [facts.card.title.as_str(), path].into_iter().chain(facts.other_names());
            let names: Vec<String> = names.map(fold).collect();
            NamedNote { id, written: choice.written, names: names.join("\n") }
        };
        Self { notes: offered_notes(site, None).into_iter().map(named).collect() }
    }

    /// Returns the shortest name that means a note and no other.
    pub(super) fn written(&self, id: NoteId) -> Option<&str> {
        let named = self.notes.iter().find(|note| note.id == id);
        named.map(|note| note.written.as_str())
    }

    /// Returns the notes of which one name or another holds each word of a query: first those of which a name begins with
    /// it, otherwise in their order. At most `most` of them, and whether there are more.
    pub(super) fn find(&self, query: &str, most: usize) -> (Vec<&NamedNote>, bool) {
        let query = fold(query);
        let words: Vec<&str> = query.split_whitespace().collect();
        let fits = |note: &&NamedNote| words.iter().all(|word| note.names.contains(word));
        let begins = |note: &NamedNote| {
            note.names.split('\n').any(|name| {
                name.starts_with(&*query)
                    || name.rsplit('/').next().is_some_and(|last| last.starts_with(&*query))
            })
        };
        let (mut first, mut rest) = (Vec::new(), Vec::new());
        let mut count = 0;
        for note in self.notes.iter().filter(fits) {
            count += 1;
            let list = if begins(note) { &mut first } else { &mut rest };
            if list.len() < most {
                list.push(note);
            }
        }
        first.extend(rest);
        first.truncate(most);
        (first, count > most)
    }
}
