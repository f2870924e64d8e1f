//! Conditions on notes.

use std::collections::BTreeSet;

use super::values::{has_key, note_date, targets_of, values_of};
use crate::config::{KindId, Status};
use crate::date::Date;
use crate::note::NoteId;
use crate::site::Site;
use crate::slug::fold;

/// Conditions that a note fits if it fits all of them.
#[derive(Clone, Debug, Default)]
pub struct NoteFilter {
    /// The kinds of which it is one.
    pub kinds: Vec<KindId>,
    /// The statuses of which it has one.
    pub statuses: Vec<Status>,
    /// The conditions on its values.
    pub values: Vec<ValueCondition>,
    /// The keys of which it has none.
    pub missing: Vec<String>,
    /// The notes of which it is one, if links choose them.
    pub among: Option<BTreeSet<NoteId>>,
    /// The first day of its date.
    pub since: Option<Date>,
    /// The last day of its date.
    pub until: Option<Date>,
}

/// A condition on the value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueCondition {
    /// The key.
    pub key: String,
    /// The value. Case and accents don't count.
    pub value: String,
    /// True if the note must have the value, false if it must not.
    pub wanted: bool,
}

impl ValueCondition {
    /// Reads `key=value` or `key!=value`; `None` if a text is neither.
    pub fn read(text: &str) -> Option<Self> {
        let (key, value) = text.split_once('=')?;
        let wanted = !key.ends_with('!');
        let key = key.trim_end_matches('!').trim();
        (!key.is_empty()).then(|| Self {
            key: key.to_owned(),
            value: value.trim().to_owned(),
            wanted,
        })
    }

    fn fits(&self, site: &Site, id: NoteId) -> bool {
        let wanted = fold(&self.value);
        let is_it = |value: &String| {
            let folded = fold(value);
            folded == wanted || folded.rsplit('/').next() == Some(&wanted)
        };
        let has_it = values_of(site, id, &self.key).iter().any(is_it)
            || targets_of(site, id, &self.key).any(|to| site.note(to).is_called(&self.value));
        has_it == self.wanted
    }
}

impl NoteFilter {
    /// Chooses notes that point at all of the notes `links_to`, and that all of the notes `linked_by` point at.
    pub fn with_links(mut self, site: &Site, links_to: &[NoteId], linked_by: &[NoteId]) -> Self {
        for to in links_to {
            self.keep(site.pointers(*to).iter().map(|pointer| pointer.from).collect());
        }
        for from in linked_by {
            let is_linked =
                |id: &NoteId| site.pointers(*id).iter().any(|pointer| pointer.from == *from);
            self.keep(site.notes().map(|(id, _)| id).filter(is_linked).collect());
        }
        self
    }

    fn keep(&mut self, chosen: BTreeSet<NoteId>) {
        self.among = Some(match &self.among {
            Some(among) => among.intersection(&chosen).copied().collect(),
            None => chosen,
        });
    }

    /// Returns whether there is no condition.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
            && self.statuses.is_empty()
            && self.values.is_empty()
            && self.missing.is_empty()
            && self.among.is_none()
            && self.since.is_none()
            && self.until.is_none()
    }

    /// Returns the first key of a condition that no note can have.
    pub fn unknown_key(&self, site: &Site) -> Option<&str> {
        let is_known = |key: &&str| site.config.kinds().any(|(_, kind)| has_key(kind, key));
        let keys = self.values.iter().map(|condition| condition.key.as_str());
        keys.chain(self.missing.iter().map(String::as_str)).find(|key| !is_known(key))
    }

    /// Returns whether the note at `id` fits.
    pub fn takes(&self, site: &Site, id: NoteId) -> bool {
        let note = site.note(id);
        let facts = &note.facts;
        let kind = site.config.kind(facts.kind);
        let is_dated = || {
            let date = note_date(note);
            let is_since = |since: Date| date.is_some_and(|date| !date.is_over_by(since));
            let is_until = |until: Date| date.is_some_and(|date| !until.is_over_by(date));
            self.since.is_none_or(is_since) && self.until.is_none_or(is_until)
        };
        self.among.as_ref().is_none_or(|among| among.contains(&id))
            && (self.kinds.is_empty() || self.kinds.contains(&facts.kind))
            && (self.statuses.is_empty() || self.statuses.contains(&facts.card.status))
            && is_dated()
            && self
                .missing
                .iter()
                .all(|key| has_key(kind, key) && values_of(site, id, key).is_empty())
            && self.values.iter().all(|condition| condition.fits(site, id))
    }
}
