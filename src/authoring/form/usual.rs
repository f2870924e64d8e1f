//! The keys that the notes of a kind usually have, so that a form shows them at once.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::note_keys;
use crate::note::{self, Origin};
use crate::note_settings::WrittenFrontMatter;
use crate::path::SourcePath;
use crate::site::Site;

/// The most notes that are looked at.
const MOST: usize = 40;

/// The least notes that show what is usual.
const LEAST: usize = 3;

/// The keys that count as usual where too few notes show it.
const ELSEWHERE: [&str; 2] = [note_keys::SUMMARY.name, note_keys::DATE.name];

/// Returns the keys that more than half of the notes have that are of the kind of the note at `path`, and in its language. `text`
/// returns the text of a note.
pub fn usual_keys<'t>(
    site: &Site,
    path: &SourcePath,
    text: impl Fn(&SourcePath) -> Option<&'t str>,
) -> BTreeSet<String> {
    let place = note::place(path, &site.config);
    let kind = note::kind(&place, &site.config);
    let others = site.notes().map(|(_, note)| note).filter(|note| {
        let facts = &note.facts;
        facts.kind == kind
            && facts.origin == Origin::File
            && facts.place.language == place.language
            && !facts.place.is_index()
            && note.source != *path
    });
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = 0;
    for note in others.take(MOST) {
        let text = text(&note.source).unwrap_or_default();
        let Some(front) = WrittenFrontMatter::of(&note.source, text) else { continue };
        all += 1;
        let keys: BTreeSet<&String> = front.settings.iter().map(|setting| &setting.key).collect();
        keys.into_iter().for_each(|key| *counts.entry(key.clone()).or_default() += 1);
    }
    if all < LEAST {
        return ELSEWHERE.map(str::to_owned).into();
    }
    counts.into_iter().filter(|(_, count)| count * 2 > all).map(|(key, _)| key).collect()
}
