//! A note with the texts of all that points at it by a field, on one page to print and hand round.

use std::collections::BTreeSet;

use serde::Serialize;

use super::content::BodyContent;
use super::currency::{self, Supersession};
use super::frame::{self, PageFrame};
use super::note::{self, FieldView, SourceView};
use super::{PageKey, list};
use crate::fingerprint::SharedValue;
use crate::graph::{LinkVia, Pointer};
use crate::note::{NoteCard, NoteId, StatusDetails};
use crate::path::OutputPath;
use crate::site::Site;

/// How much of the texts of other notes a page holds, in bytes. A note may point at any number of
/// others, and its text is on the page of each.
const ROOM: usize = 1024 * 1024;

/// About how much a note takes that is named in a field, in bytes.
const VALUE: usize = 150;

/// A note with the texts of what points at it.
#[derive(Hash, Serialize)]
pub struct InFullView<'a> {
    /// What every page has.
    pub page: PageFrame<'a>,
    /// The note.
    pub note: &'a SharedValue<NoteCard>,
    /// The note in full.
    pub own: InFullPart<'a>,
    /// The notes that point at it, each once; at most as many as a list shows on one page, and as many
    /// as there is room for.
    pub parts: Vec<InFullPart<'a>>,
    /// How many more there are.
    pub left: usize,
}

/// A note with all that a reader on paper needs of it.
#[derive(Hash, Serialize)]
pub struct InFullPart<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// Where its own page is: the whole address where that is known.
    pub address: String,
    /// What goes with its status.
    pub standing: &'a StatusDetails,
    /// What replaced it, what it replaced, and what it cites that is past.
    pub currency: Supersession<'a>,
    /// The fields of its kind.
    pub fields: Vec<FieldView<'a>>,
    /// Its text.
    pub content: BodyContent<'a>,
    /// What it rests on.
    pub sources: Vec<SourceView<'a>>,
}

/// The page of the note at `id` with all that points at it.
pub(super) fn view<'a>(site: &'a Site, path: &'a OutputPath, id: NoteId) -> InFullView<'a> {
    let facts = &site.note(id).facts;
    let mut page = frame::below(site, path, id);
    let words = &page.site.words;
    page.title = format!("{}: {}", facts.card.title, words.get("in-full"));
    page.description = facts.card.summary.as_deref();
    // For search engines it is the page of the note.
    page.canonical = frame::absolute(site, &facts.place.output);
    let all = pointing(site, id);
    let mut room = ROOM;
    let fits = |id: &NoteId| {
        let left = room.checked_sub(weight(site, *id));
        room = left.unwrap_or(room);
        left.is_some()
    };
    let shown: Vec<NoteId> = all.iter().copied().filter(fits).take(site.config.page_size).collect();
    InFullView {
        note: &facts.card,
        own: part(site, id, &page.root),
        parts: shown.iter().map(|id| part(site, *id, &page.root)).collect(),
        left: all.len() - shown.len(),
        page,
    }
}

/// About how many bytes a note takes.
fn weight(site: &Site, id: NoteId) -> usize {
    let note = site.note(id);
    let facts = &note.facts;
    let front = note.spans.front_matter;
    let named = facts.references.len() + facts.sources.len();
    note.body.html.len() + (front.end - front.start) as usize + VALUE * named
}

fn part<'a>(site: &'a Site, id: NoteId, root: &str) -> InFullPart<'a> {
    let facts = &site.note(id).facts;
    let output = &facts.place.output;
    InFullPart {
        card: &facts.card,
        address: frame::absolute(site, output).unwrap_or_else(|| output.as_str().to_owned()),
        standing: &facts.standing,
        currency: currency::supersession(site, id),
        fields: note::fields(site, id),
        content: BodyContent::within(site, id, root.to_owned()),
        sources: note::sources(site, id),
    }
}

/// Where that page is, if the note's kind has such pages and anything points at the note.
pub(super) fn path(site: &Site, id: NoteId) -> Option<OutputPath> {
    let facts = &site.note(id).facts;
    let has = site.config.kind(facts.kind).in_full && by_field(site, id).next().is_some();
    has.then(|| OutputPath::new(format!("{}/in-full.html", list::stem_of(site, id))))
}

/// The pages of this sort that show the text of the note at `id`.
pub(super) fn showing(site: &Site, id: NoteId) -> impl Iterator<Item = (OutputPath, PageKey)> {
    let targets = site.graph.references[id.index()].iter().filter_map(|found| found.note());
    let shown: BTreeSet<NoteId> = targets.chain([id]).collect();
    shown.into_iter().filter_map(|of| Some((path(site, of)?, PageKey::InFull(of))))
}

/// The notes that point at `id` by a field, each once, in the order its page lists them.
fn pointing(site: &Site, id: NoteId) -> Vec<NoteId> {
    let mut seen = BTreeSet::new();
    let all = by_field(site, id).flatten().map(|pointer| pointer.from);
    all.filter(|from| seen.insert(*from)).collect()
}

/// What points at `id` by a field, a relation at a time. Notes of its own kind stand beside it, and
/// are no part of it.
fn by_field(site: &Site, id: NoteId) -> impl Iterator<Item = &[Pointer]> {
    let kind = site.note(id).facts.kind;
    let relations = site.graph.incoming.relations(id).filter(move |p| p[0].relation.kind != kind);
    relations.filter(|pointers| matches!(pointers[0].relation.way, LinkVia::Field(_)))
}
