//! The notes that are offered to choose from, with their names as they are searched, until the book changes.

use std::sync::{Arc, Weak};

use crate::authoring::{FieldChoice, offered_notes};
use crate::config::KindId;
use crate::note::NoteId;
use crate::site::Site;
use crate::slug::fold;

/// The notes that were offered last.
#[derive(Default)]
pub(super) struct LastOffer {
    site: Weak<Site>,
    /// The kinds of the notes; none if they are of all.
    kinds: Option<Vec<KindId>>,
    notes: Vec<OfferedNote>,
}

/// A note that is offered.
pub(super) struct OfferedNote {
    pub(super) id: NoteId,
    pub(super) choice: FieldChoice,
    /// The title and the name, folded.
    names: [String; 2],
}

impl LastOffer {
    /// Returns the notes of some kinds, or of all, of which a name holds each word of a query: first those of which the title
    /// begins with it, otherwise in their order.
    pub(super) fn find(
        &mut self,
        site: &Arc<Site>,
        kinds: Option<Vec<KindId>>,
        query: &str,
    ) -> Vec<&OfferedNote> {
        if !std::ptr::eq(self.site.as_ptr(), Arc::as_ptr(site)) || self.kinds != kinds {
            let offered = |(id, choice): (NoteId, FieldChoice)| {
                let names = [fold(&choice.shown), fold(&choice.written)];
                OfferedNote { id, choice, names }
            };
            self.notes = offered_notes(site, kinds.as_deref()).into_iter().map(offered).collect();
            // The weak reference keeps another book from having the same address.
            self.site = Arc::downgrade(site);
            self.kinds = kinds;
        }
        let words: Vec<String> = query.split_whitespace().map(fold).collect();
        let fits = |note: &&OfferedNote| {
            words.iter().all(|word| note.names.iter().any(|name| name.contains(word.as_str())))
        };
        let begins = |note: &OfferedNote| {
            words.first().is_some_and(|word| note.names[0].starts_with(word.as_str()))
        };
        let mut found: Vec<&OfferedNote> = self.notes.iter().filter(fits).collect();
        found.sort_by_key(|note| !begins(note));
        found
    }
}
