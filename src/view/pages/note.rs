//! The page of a note, which is also the page of a kind or the home page.

use serde::Serialize;

use super::{in_full, kind};
use crate::fingerprint::SharedValue;
use crate::note::{Heading, NoteCard, NoteChange, NoteId, Origin, StatusDetails};
use crate::path::{OutputPath, url_path};
use crate::site::Site;
use crate::view::exports::citation::{self, CitationView};
use crate::view::exports::feed;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::paging::Pager;
use crate::view::parts::backlinks::{self, BacklinkGroup};
use crate::view::parts::field::{self, FieldView, SourceView};
use crate::view::parts::frame::{self, PageFrame};
use crate::view::parts::home::{self, HomeSection};
use crate::view::parts::json_ld::JsonLd;
use crate::view::parts::list::ListItem;
use crate::view::parts::map;
use crate::view::parts::register::{self, RegisterPage};
use crate::view::parts::related::{self, RelatedNote};
use crate::view::parts::supersession::{self, Supersession};
use crate::view::text::{BodyContent, TermView, terms_of};

/// The page of a note.
#[derive(Hash, Serialize)]
pub struct NoteView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The note, as other pages show it too: title, summary, date, status and path.
    pub note: &'a SharedValue<NoteCard>,
    /// The JSON-LD type of the note's subject, such as `Person`; absent if its kind has none.
    pub about: Option<&'a str>,
    /// The details of its status: who endorsed it, why it was withdrawn.
    pub standing: &'a StatusDetails,
    /// Its place in a chain of replacements, and its outdated citations.
    pub currency: Supersession<'a>,
    /// The fields of its kind that have a long text as a value, in the order of the book.
    pub prose_fields: Vec<FieldView<'a>>,
    /// The other fields of its kind that have a value, in the order of the book.
    pub fields: Vec<FieldView<'a>>,
    /// Its headings, in the order of the text.
    pub contents: &'a [Heading],
    /// Its text, as safe HTML.
    pub content: BodyContent<'a>,
    /// The sources that it rests on, in the order written.
    pub sources: Vec<SourceView<'a>>,
    /// Its changes, as its front matter lists them.
    pub changes: &'a [NoteChange],
    /// The terms of the glossary that it mentions and does not link to, in the order of the text.
    pub terms: Vec<TermView<'a>>,
    /// A map of the notes around it, as an SVG element; absent if its kind shows none or it stands alone.
    pub map: Option<String>,
    /// Notes that are related to it, the most related first.
    pub related: Vec<RelatedNote<'a>>,
    /// The notes that point at it by a field.
    pub groups: Vec<BacklinkGroup<'a>>,
    /// The names of the kinds, in the plural, of which no note is filed under it, though one could be.
    pub gaps: Vec<&'a str>,
    /// The notes that link to it or embed it in their text.
    pub mentions: Vec<BacklinkGroup<'a>>,
    /// The note before it in the order of its kind; absent if it is the first, or has no place there.
    pub previous: Option<&'a SharedValue<NoteCard>>,
    /// The note after it in the order of its kind; absent if it is the last, or has no place there.
    pub next: Option<&'a SharedValue<NoteCard>>,
    /// The address at which its file is edited; absent if the book gives none, or if the note has no file.
    pub edit_url: Option<String>,
    /// The first notes of the kind whose page this is; absent on other pages.
    pub list: Option<Vec<ListItem<'a>>>,
    /// The same notes as a register; absent unless the kind has one.
    pub register: Option<RegisterPage<'a>>,
    /// The pages of that list; absent if there is only this one.
    pub pager: Option<Pager>,
    /// The sections of the home page; absent on other pages.
    pub sections: Option<Vec<HomeSection<'a>>>,
    /// The path of the page with the texts of all notes that point at it; absent if there is none.
    pub in_full: Option<OutputPath>,
    /// The path of its feed; absent if it has none.
    pub feed: Option<OutputPath>,
    /// The citation of the note; absent if notes of its kind are not cited.
    pub cite: Option<CitationView>,
    /// The description of the note as JSON-LD, as a safe text; absent if its kind has no type.
    pub linked: Option<JsonLd<'a>>,
}

impl NoteView<'_> {
    /// The template that shows the page.
    pub fn template(&self) -> &'static str {
        match (&self.sections, &self.list) {
            (Some(_), _) => "home.html",
            (None, Some(_)) => "kind.html",
            (None, None) => "note.html",
        }
    }
}

/// The pages of notes, which are also the pages of kinds and the home pages.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: None, list, texts: TextsShown::At(own_page) };

fn list(site: &Site, out: &mut OutputList) {
    for (id, note) in site.notes() {
        out.add(note.facts.place.output.clone(), OutputOwner::NotePage(id), move |site, _| {
            let view = view(site, id);
            View::template(view.template(), view)
        });
    }
}

fn own_page(site: &Site, id: NoteId) -> Vec<OutputPath> {
    vec![site.note(id).facts.place.output.clone()]
}

fn view(site: &Site, id: NoteId) -> NoteView<'_> {
    let facts = &site.note(id).facts;
    let card = |id: NoteId| &site.note(id).facts.card;
    let is_kind = site.graph.kind_page_at(id).is_some();
    let (list, pager) = if is_kind { kind::first_page(site, id) } else { (Vec::new(), None) };
    let pointing = backlinks::backlinks(site, id);
    let (previous, next) = neighbours(site, id);
    let (prose_fields, fields) = field::fields(site, id).into_iter().partition(FieldView::is_prose);
    NoteView {
        page: frame::of_note(site, id),
        note: &facts.card,
        about: site.config.kind(facts.kind).about.as_deref(),
        standing: &facts.standing,
        currency: supersession::supersession(site, id),
        prose_fields,
        fields,
        contents: &facts.headings,
        content: BodyContent::new(site, id),
        sources: field::sources(site, id),
        changes: &facts.changes,
        groups: pointing.by_field,
        gaps: backlinks::gaps(site, id),
        mentions: pointing.by_link,
        previous: previous.map(card),
        next: next.map(card),
        edit_url: edit_url(site, id),
        list: is_kind.then_some(list),
        register: first_rows(site, id),
        pager,
        sections: facts.place.path.is_empty().then(|| home::sections(site, id)),
        in_full: in_full::path(site, id),
        feed: feed::path(site, id),
        terms: terms_of(site, id),
        map: map::draw(site, id),
        related: related::related_notes(site, id),
        cite: citation::citation(site, id),
        linked: JsonLd::of(site, id),
    }
}

/// The rows on the first page of the register that the page at `id` is, if it is one.
fn first_rows(site: &Site, id: NoteId) -> Option<RegisterPage<'_>> {
    let notes = &site.indexes.register(id)?.notes;
    let shown = &notes[..notes.len().min(site.config.page_size)];
    Some(register::rows(site, id, shown, notes.len()))
}

/// The notes before and after a note in the order of its kind.
fn neighbours(site: &Site, id: NoteId) -> (Option<NoteId>, Option<NoteId>) {
    let Some((sequence, place)) = site.graph.positions[id.index()] else { return (None, None) };
    let notes = &site.graph.sequences[sequence as usize].notes;
    let place = place as usize;
    (place.checked_sub(1).map(|before| notes[before]), notes.get(place + 1).copied())
}

fn edit_url(site: &Site, id: NoteId) -> Option<String> {
    let note = site.note(id);
    let pattern = site.config.edit_url.as_ref()?;
    let path = url_path(note.source.as_str()).to_string();
    (note.facts.origin == Origin::File).then(|| pattern.replace("{path}", &path))
}
