//! Locators, with links to the places that the book has.

use serde::Serialize;

use crate::graph::CitedPlace;
use crate::language::Language;
use crate::note::{Citation, NoteId, NotePart};
use crate::path::url_path;
use crate::site::Site;

/// The most sources of a note among which those are looked for that are one note.
const LOOKED_AT: usize = 100;

/// A piece of a locator: a place in a source, or the text between two places.
#[derive(Hash, Serialize)]
pub struct LocatorPart<'a> {
    /// The text, as written.
    pub text: &'a str,
    /// The address of the place, relative to the top of the site; absent if the piece names none that the book has.
    pub url: Option<String>,
    /// The language of the locator, as a code such as `en`, if it is another than that of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'a Language>,
}

/// The locators of the note at `id` by source, in the order of its sources. A place leads to the note that is about
/// it alone, if there is one, or else to the part of the cited note.
pub(crate) fn locators(site: &Site, id: NoteId) -> Vec<Vec<LocatorPart<'_>>> {
    let about = |place: &CitedPlace| {
        place.note.map(|note| url_path(site.note(note).facts.place.output.as_str()).to_string())
    };
    let locator = |(source, places)| {
        let cited = cited_note(site, id, source);
        let part = |place: &CitedPlace| part_url(site, cited?, place);
        parts(language(site, id, source), source, places, |place| {
            about(place).or_else(|| part(place))
        })
    };
    by_source(site, id).map(locator).collect()
}

/// The places of the note at `cited` that the note at `id` cites as a source, each with a link to the part.
pub(crate) fn places_cited(site: &Site, id: NoteId, cited: NoteId) -> Vec<LocatorPart<'_>> {
    let mut found: Vec<LocatorPart<'_>> = Vec::new();
    for (source, places) in by_source(site, id).take(LOOKED_AT) {
        if places.is_empty() || cited_note(site, id, source) != Some(cited) {
            continue;
        }
        let language = language(site, id, source);
        if !found.is_empty() {
            let of_text = language.unwrap_or(&site.note(id).facts.card.language);
            let text = site.card(of_text).words.get("text-separator");
            found.push(LocatorPart { text, url: None, language });
        }
        found.extend(parts(language, source, places, |place| part_url(site, cited, place)));
    }
    found
}

/// The sources of the note at `id`, each with the places of its locator.
fn by_source(site: &Site, id: NoteId) -> impl Iterator<Item = (&Citation, &[CitedPlace])> {
    let mut rest = &*site.graph.cited_places[id.index()];
    site.note(id).facts.sources.iter().map(move |source| {
        let count = source.locator.as_ref().map_or(0, |locator| locator.pieces.len());
        let (places, others) = rest.split_at(count);
        rest = others;
        (source, places)
    })
}

/// The language of a source of the note at `id`, if it is another than that of its page.
fn language<'a>(site: &'a Site, id: NoteId, source: &'a Citation) -> Option<&'a Language> {
    site.note(id).facts.foreign(source.language.as_ref())
}

/// The pieces of the locator of a source, with the addresses of their places.
fn parts<'a>(
    language: Option<&'a Language>,
    source: &'a Citation,
    places: &[CitedPlace],
    url: impl Fn(&CitedPlace) -> Option<String>,
) -> Vec<LocatorPart<'a>> {
    let pieces = source.locator.iter().flat_map(|locator| &locator.pieces);
    pieces
        .zip(places)
        .map(|(piece, place)| LocatorPart { text: &piece.text, url: url(place), language })
        .collect()
}

/// The note that a source of the note at `id` is.
fn cited_note(site: &Site, id: NoteId, source: &Citation) -> Option<NoteId> {
    let reference = source.reference?;
    site.graph.references[id.index()].get(reference as usize)?.note()
}

/// The address of the first part of the note at `cited` that a piece names.
fn part_url(site: &Site, cited: NoteId, place: &CitedPlace) -> Option<String> {
    let facts = &site.note(cited).facts;
    let anchor = match *place.parts.first()? {
        NotePart::Heading(at) => &facts.headings[at as usize].anchor,
        NotePart::Anchor(at) => &facts.anchors[at as usize],
    };
    Some(format!("{}#{}", url_path(facts.place.output.as_str()), url_path(anchor)))
}
