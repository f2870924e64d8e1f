//! The page of a note, which is also the page of a kind or the home page.

use serde::Serialize;

use super::{in_full, kind, register};
use crate::note::{
    Heading, NoteCard, NoteChange, NoteId, Origin, StatusDetails, TranslationDetails,
};
use crate::path::{OutputPath, url_path};
use crate::site::Site;
use crate::template::SharedValue;
use crate::view::exports::citation::{self, CitationView};
use crate::view::exports::feed;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::paging::Pager;
use crate::view::parts::backlinks::{self, BacklinkGroup};
use crate::view::parts::chart::ChartView;
use crate::view::parts::dates::{self, DateLine};
use crate::view::parts::field::{self, FieldView, SourceView};
use crate::view::parts::frame::{self, PageFrame};
use crate::view::parts::home::{self, HomeSection};
use crate::view::parts::json_ld::JsonLd;
use crate::view::parts::kind_charts;
use crate::view::parts::list::ListItem;
use crate::view::parts::mentions::{self, Mentions};
use crate::view::parts::register::RegisterPage;
use crate::view::parts::related::{self, RelatedNote};
use crate::view::parts::staleness::{self, StalenessView};
use crate::view::parts::supersession::{self, Supersession};
use crate::view::parts::{lead, map};
use crate::view::text::{BodyContent, TermView, terms_of};

/// A page whose text is in another language than the page.
#[derive(Hash, Serialize)]
pub struct UntranslatedPage<'a> {
    /// The name of that language, in the language itself; its code where the words of the interface have no name.
    pub name: &'a str,
    /// The version that has the text, if that is a translation as well; absent if the page shows its original.
    pub shown: Option<&'a SharedValue<NoteCard>>,
    /// The original.
    pub original: &'a SharedValue<NoteCard>,
}

/// The page of a note.
#[derive(Hash, Serialize)]
pub struct NoteView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The note, as other pages show it too: title, summary, date, status and path.
    pub note: &'a SharedValue<NoteCard>,
    /// The language and the original of a page that was not translated; absent on all others.
    pub untranslated: Option<UntranslatedPage<'a>>,
    /// The standing of its text as a translation, who made it and when; absent if its front matter says nothing, and
    /// of originals.
    pub translation: Option<&'a TranslationDetails>,
    /// The changes of its original since it was translated; absent if nothing has, if it did not record its
    /// original, and of originals.
    pub staleness: Option<StalenessView<'a>>,
    /// The JSON-LD type of the note's subject, such as `Person`; absent if its kind has none.
    pub about: Option<&'a str>,
    /// The details of its status: who endorsed it, why it was withdrawn.
    pub standing: &'a StatusDetails,
    /// Its place in a chain of replacements, and its outdated citations.
    pub currency: Supersession<'a>,
    /// The dates that are known of it: of what it describes, and on which it was published, changed and checked.
    pub dates: Vec<DateLine<'a>>,
    /// The fields that its kind puts at the top of the page, in that order, and with them its sources if the
    /// kind says so.
    pub lead: Vec<FieldView<'a>>,
    /// The notes filed under it, with which the page opens: those that point at it by fields of their kind.
    /// Empty if its kind does not gather notes.
    pub index: Vec<BacklinkGroup<'a>>,
    /// True if something on the page is marked as inferred, so that the page says what the mark means.
    pub readings: bool,
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
    /// The notes that point at it by a field, without those of `index`.
    pub groups: Vec<BacklinkGroup<'a>>,
    /// The notes that link to it or embed it in their text, without those that point at it by a field; absent
    /// if there is none.
    pub mentions: Option<Mentions<'a>>,
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
    /// The charts of the notes of that kind; empty on other pages.
    pub charts: Vec<ChartView>,
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
    for (id, note) in site.pages() {
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
    let (register, pager) = match register::first_page(site, id) {
        Some((rows, pager)) => (Some(rows), pager),
        None => (None, pager),
    };
    let sections = facts.place.path.is_empty().then(|| home::sections(site, id));
    let pointing = backlinks::backlinks(site, id);
    let (previous, next) = neighbours(site, id);
    let (prose_fields, fields): (Vec<_>, Vec<_>) =
        field::below_lead(site, id).into_iter().partition(FieldView::is_prose);
    let lead = lead::lines(site, id);
    let groups = pointing.index.iter().chain(&pointing.others);
    let shown_fields = lead.iter().chain(&fields);
    NoteView {
        readings: groups.into_iter().any(BacklinkGroup::has_reading)
            || shown_fields.into_iter().any(FieldView::has_reading)
            || register.is_none() && list.iter().any(ListItem::has_reading)
            || sections.iter().flatten().any(HomeSection::has_reading),
        dates: dates::dates(site, id),
        lead,
        index: pointing.index,
        page: frame::of_note(site, id),
        note: &facts.card,
        untranslated: untranslated(site, id),
        translation: site.note(site.graph.works.shown(id)).facts.translation.as_deref(),
        staleness: staleness::staleness(site, id),
        about: site.config.kind(facts.kind).about.as_deref(),
        standing: &facts.standing,
        currency: supersession::supersession(site, id),
        prose_fields,
        fields,
        contents: &facts.headings,
        content: BodyContent::new(site, id),
        sources: field::sources(site, id),
        changes: &facts.changes,
        groups: pointing.others,
        mentions: mentions::mentions(site, id),
        previous: previous.map(card),
        next: next.map(card),
        edit_url: edit_url(site, id),
        list: is_kind.then_some(list),
        register,
        charts: kind_charts::charts(site, id),
        pager,
        sections,
        in_full: in_full::path(site, id),
        feed: feed::path(site, id),
        terms: terms_of(site, id),
        map: map::draw(site, id),
        related: related::related_notes(site, id),
        cite: citation::citation(site, id),
        linked: JsonLd::of(site, id),
    }
}

/// The language and the versions that the page of the note at `id` leads to, if it was not translated.
fn untranslated(site: &Site, id: NoteId) -> Option<UntranslatedPage<'_>> {
    let facts = &site.note(id).facts;
    let works = &site.graph.works;
    let (shown, original) = (works.shown(id), works.original(id));
    let card = |id: NoteId| &site.note(id).facts.card;
    let name = site.card(&facts.card.language).words.language_name();
    let name = name.unwrap_or(facts.card.language.as_str());
    facts.origin.is_untranslated().then(|| UntranslatedPage {
        name,
        shown: (shown != original).then(|| card(shown)),
        original: card(original),
    })
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
