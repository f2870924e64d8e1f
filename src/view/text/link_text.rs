//! The texts of links that were written without one.

use super::plain::shortened;
use crate::bidi::tidied;
use crate::graph::{PartFound, Resolution};
use crate::language::Language;
use crate::note::NoteId;
use crate::site::Site;

/// The most bytes of a heading that stands for a link.
const HEADING: usize = 500;

/// The text of link number `link` of the note at `id`: as it was written where that is what the note is called, else
/// the title of the note, and the heading that is meant.
pub(super) fn text(site: &Site, id: NoteId, link: u32) -> String {
    let target = &site.note(id).facts.links[link as usize].target;
    let Resolution::Note(to, part) = site.graph.links[id.index()][link as usize] else {
        return tidied(&target.written).text.into_owned();
    };
    let facts = &site.note(to).facts;
    let is_called = site.note(to).is_called(&target.path);
    let name = || if is_called { &*target.path } else { &*facts.card.title }.to_owned();
    let heading = |at: u32| shortened(&facts.headings[at as usize].text, HEADING);
    match part {
        PartFound::Heading(at) if target.is_own_note() => heading(at).into_owned(),
        PartFound::Heading(at) => {
            let language = &site.note(id).facts.place.language;
            site.card(language).words.labelled(&name(), &heading(at))
        }
        _ => name(),
    }
}

/// The language of that text, if it is the title of a note in another language than that in which the text of the note at `id` is written.
pub(super) fn language(site: &Site, id: NoteId, link: u32) -> Option<&Language> {
    let note = site.graph.links[id.index()][link as usize].note()?;
    let card = &site.note(note).facts.card;
    let target = &site.note(id).facts.links[link as usize].target;
    let is_other = card.language != site.note(id).facts.card.language;
    (is_other && !site.note(note).is_called(&target.path)).then_some(&card.language)
}

/// The word for a link to a note that is superseded or withdrawn, by its key; `None` for other links.
pub(super) fn past_word(site: &Site, id: NoteId, link: u32) -> Option<&'static str> {
    let to = site.graph.links[id.index()][link as usize].note().filter(|to| *to != id)?;
    if site.is_superseded(to) {
        return Some("link-superseded");
    }
    site.is_past(to).then_some("link-withdrawn")
}
