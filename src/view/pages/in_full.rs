//! A note with the texts of all notes that point at it by a field, on one page to print and hand round.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::config::KindId;
use crate::graph::{LinkVia, Pointer};
use crate::note::{NoteCard, NoteId, StatusDetails, TranslationDetails};
use crate::path::OutputPath;
use crate::site::Site;
use crate::template::SharedValue;
use crate::view::address::{absolute, stem_of};
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::parts::dates::{self, DateLine};
use crate::view::parts::field::{self, FieldView, SourceView};
use crate::view::parts::frame::{self, PageFrame};
use crate::view::parts::lead;
use crate::view::parts::supersession::{self, Supersession};
use crate::view::text::BodyContent;

/// The most bytes of other notes that a page holds. A note may point at any number of others, and its
/// text is on the page of each.
const ROOM: usize = 1024 * 1024;

/// A note that names more notes of a kind than this says little on each of them, so that their pages only name it.
const BROAD: usize = 6;

/// The size of a note that is named in a field, in bytes, roughly.
const VALUE: usize = 150;

/// A note with the texts of the notes that point at it.
#[derive(Hash, Serialize)]
pub struct InFullView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The note.
    pub note: &'a SharedValue<NoteCard>,
    /// The note in full.
    pub own: InFullPart<'a>,
    /// The notes that point at it in full, each once; at most as many as a list shows on one page, and as
    /// many as there is room for.
    pub parts: Vec<InFullPart<'a>>,
    /// The notes that point at it and at many others of its kind, which are not here in full.
    pub broad: Vec<InFullLink<'a>>,
    /// The number of notes that point at it and are left out.
    pub left: usize,
}

/// A note that is named, with its address for those who read on paper.
#[derive(Hash, Serialize)]
pub struct InFullLink<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// The address of its page, as in a part.
    pub address: String,
}

/// A note with all that a reader on paper needs.
#[derive(Hash, Serialize)]
pub struct InFullPart<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// The absolute address of the note's own page; its path from the top of the site if the book does not
    /// say where it will be published.
    pub address: String,
    /// The details of its status, such as who endorsed it.
    pub standing: &'a StatusDetails,
    /// Its standing as a translation, who made it and when; absent if its front matter says nothing, and of originals.
    pub translation: Option<&'a TranslationDetails>,
    /// Its place in a chain of replacements, and its outdated citations.
    pub currency: Supersession<'a>,
    /// The dates that are known of it: of what it describes, and on which it was published, changed and checked.
    pub dates: Vec<DateLine<'a>>,
    /// The fields of its kind for readers that have a value, in the order of the book.
    pub fields: Vec<FieldView<'a>>,
    /// True if a value of them is marked as inferred, so that the page says what the mark means.
    pub readings: bool,
    /// Its text, as safe HTML.
    pub content: BodyContent<'a>,
    /// The sources that it rests on, in the order written.
    pub sources: Vec<SourceView<'a>>,
}

/// The pages with the texts of all notes that point at one.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: None, list, texts: TextsShown::At(showing) };

fn list(site: &Site, out: &mut OutputList) {
    for (id, _) in site.pages() {
        if let Some(path) = path(site, id) {
            out.add(path, OutputOwner::Note(id), move |site, path| {
                View::template("in-full.html", view(site, path, id))
            });
        }
    }
}

/// The path of the page of the note at `id` in full, if its kind has such pages and a note points at it.
pub(crate) fn path(site: &Site, id: NoteId) -> Option<OutputPath> {
    let facts = &site.note(id).facts;
    let has = site.config.kind(facts.kind).in_full && by_field(site, id).next().is_some();
    has.then(|| OutputPath::new(format!("{}/in-full.html", stem_of(site, id))))
}

/// The pages that show the text of the note at `id`: its own, and those of the notes it points at.
fn showing(site: &Site, id: NoteId) -> Vec<OutputPath> {
    let targets = site.graph.references[id.index()].iter().filter_map(|found| found.note());
    let shown: BTreeSet<NoteId> = targets.chain([id]).collect();
    shown.into_iter().filter_map(|of| path(site, of)).collect()
}

fn view<'a>(site: &'a Site, path: &'a OutputPath, id: NoteId) -> InFullView<'a> {
    let facts = &site.note(id).facts;
    let mut page = frame::below(site, path, id);
    let words = &page.site.words;
    page.title = words.labelled(&facts.card.title, words.get("in-full"));
    page.description = facts.card.summary.as_deref();
    // For search engines it is the page of the note.
    page.canonical = absolute(site, &facts.place.output);
    let all = pointing(site, id);
    let mut room = ROOM;
    let fits = |id: &NoteId| {
        let left = room.checked_sub(weight(site, *id));
        room = left.unwrap_or(room);
        left.is_some()
    };
    let (broad, narrow): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|from| is_broad(site, *from, facts.kind));
    let shown: Vec<NoteId> =
        narrow.iter().copied().filter(fits).take(site.config.page_size).collect();
    let listed = &broad[..broad.len().min(site.config.page_size)];
    let link =
        |id: &NoteId| InFullLink { card: &site.note(*id).facts.card, address: address(site, *id) };
    InFullView {
        note: &facts.card,
        own: part(site, id, &page.root),
        parts: shown.iter().map(|id| part(site, *id, &page.root)).collect(),
        broad: listed.iter().map(link).collect(),
        left: narrow.len() - shown.len() + broad.len() - listed.len(),
        page,
    }
}

/// Says whether a note names many notes of a kind in its fields.
fn is_broad(site: &Site, id: NoteId, kind: KindId) -> bool {
    let named = site.graph.references[id.index()].iter().filter_map(|found| found.note());
    let named = named.filter(|named| site.note(*named).facts.kind == kind);
    named.collect::<BTreeSet<NoteId>>().len() > BROAD
}

/// The absolute address of a note's page; its path if the book does not say where it will be published.
fn address(site: &Site, id: NoteId) -> String {
    let output = &site.note(id).facts.place.output;
    absolute(site, output).unwrap_or_else(|| output.as_str().to_owned())
}

/// The size of a note, in bytes, roughly.
fn weight(site: &Site, id: NoteId) -> usize {
    let note = site.note(id);
    let facts = &note.facts;
    let front = note.spans.front_matter;
    let named = facts.references.len() + facts.sources.len();
    note.body.html.len() + (front.end - front.start) as usize + VALUE * named
}

fn part<'a>(site: &'a Site, id: NoteId, root: &str) -> InFullPart<'a> {
    let facts = &site.note(id).facts;
    let fields = lead::fields(site, id);
    InFullPart {
        card: &facts.card,
        address: address(site, id),
        standing: &facts.standing,
        translation: site.note(site.graph.works.shown(id)).facts.translation.as_deref(),
        currency: supersession::supersession(site, id),
        dates: dates::dates(site, id),
        readings: fields.iter().any(FieldView::has_reading),
        fields,
        content: BodyContent::within(site, id, root.to_owned()),
        sources: field::sources(site, id),
    }
}

/// The notes that point at `id` by a field, each once, in the order its page lists them.
fn pointing(site: &Site, id: NoteId) -> Vec<NoteId> {
    let mut seen = BTreeSet::new();
    let all = by_field(site, id).flatten().map(|pointer| pointer.from);
    all.filter(|from| seen.insert(*from)).collect()
}

/// The notes that point at `id` by a field, a relation at a time. Notes of its own kind stand beside it,
/// and are no part of it.
fn by_field(site: &Site, id: NoteId) -> impl Iterator<Item = &[Pointer]> {
    let kind = site.note(id).facts.kind;
    let relations = site.graph.incoming.relations(id).filter(move |p| p[0].relation.kind != kind);
    relations.filter(|pointers| matches!(pointers[0].relation.way, LinkVia::Field(_)))
}
