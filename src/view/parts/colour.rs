//! The colours of notes, numbered from 1 to 8; a theme says which they are.

use crate::note::NoteId;
use crate::site::Site;

/// The colour of a page: that of its note, or else of the first note it points at of a kind that has
/// colours. If that one has none, nor has the page: another colour would file it elsewhere.
pub(crate) fn of_page(site: &Site, id: NoteId) -> Option<u32> {
    let targets = site.graph.references[id.index()].iter().filter_map(|found| found.note());
    let can = |id: &NoteId| site.config.kind(site.note(*id).facts.kind).features.colours > 0;
    [id].into_iter().chain(targets).find(can).and_then(|id| of_note(site, id))
}

/// The colour of a note: its place among the notes of its kind, if so many of them have one.
pub(crate) fn of_note(site: &Site, id: NoteId) -> Option<u32> {
    let colours = site.config.kind(site.note(id).facts.kind).features.colours;
    let (_, place) = site.graph.positions[id.index()]?;
    (place < colours).then_some(place + 1)
}
