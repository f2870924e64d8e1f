//! The notes that mention a note in their text, by a link or by showing it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::graph::{LinkVia, Pointer};
use crate::note::NoteId;
use crate::path::OutputPath;
use crate::site::Site;
use crate::view::address::stem_of;
use crate::view::paging::PagedList;
use crate::view::parts::backlinks;
use crate::view::parts::list::ListItem;
use crate::view::parts::quote::QuoteView;

/// The most mentions that a page shows with their sentences.
const QUOTED: usize = 3;

/// The most mentions that a page shows with their sentences folded away. More have pages of their own, which would cost
/// a reader of fewer another request, and the book a page for most notes.
const FOLDED: usize = 12;

/// The notes that mention the note of the page, without those that its other lists name.
#[derive(Hash, Serialize)]
pub struct Mentions<'a> {
    /// The first of them, with their sentences if there are at most three.
    pub items: Vec<ListItem<'a>>,
    /// All that mention it, with their sentences, which the page folds away; none if all that there is to say is
    /// among the first, or on pages of its own.
    pub folded: Vec<ListItem<'a>>,
    /// The path of the first page of all that mention it, with their sentences; absent if all that there is to
    /// say is here.
    pub more: Option<OutputPath>,
    /// The number of all that mention it.
    pub total: usize,
}

/// The notes that mention the note at `id`; `None` if no further note does.
pub(crate) fn mentions(site: &Site, id: NoteId) -> Option<Mentions<'_>> {
    let all = pointers(site, id);
    let further = further(site, id, &all);
    let is_short = further.len() <= QUOTED;
    let is_folded = !is_short && all.len() <= FOLDED;
    let folded: &[Pointer] = if is_folded { &all } else { &[] };
    let shown = &further[..further.len().min(backlinks::most(site).max(QUOTED))];
    let item = |pointer: &Pointer| {
        let item = listed(site, id, pointer);
        if is_short { item } else { ListItem { excerpts: Vec::new(), ..item } }
    };
    (!further.is_empty()).then(|| Mentions {
        items: shown.iter().map(item).collect(),
        folded: folded.iter().map(|pointer| listed(site, id, pointer)).collect(),
        more: (!is_short && !is_folded).then(|| first_path(site, id)),
        total: all.len(),
    })
}

/// The pages of all that mention the note at `id`; `None` if its own page says everything.
pub(crate) fn paged(site: &Site, id: NoteId) -> Option<PagedList> {
    let all = pointers(site, id);
    let is_whole = all.len() <= FOLDED || further(site, id, &all).len() <= QUOTED;
    (!is_whole).then(|| PagedList::new(site, first_path(site, id), all.len()))
}

/// The notes that mention the note at `id`, each once, by their kinds.
pub(crate) fn pointers(site: &Site, id: NoteId) -> Vec<Pointer> {
    let mut seen = BTreeSet::new();
    let all = site.pointers(id).iter();
    let by_text = all.filter(|p| matches!(p.relation.way, LinkVia::Link | LinkVia::Embed));
    by_text.filter(|pointer| seen.insert(pointer.from)).copied().collect()
}

/// Those that point at the note in no other way, and so stand in no other list of its page.
fn further(site: &Site, id: NoteId, all: &[Pointer]) -> Vec<Pointer> {
    let pointers = site.pointers(id).iter();
    let by_field: BTreeSet<NoteId> = pointers
        .filter(|pointer| matches!(pointer.relation.way, LinkVia::Field(_)))
        .map(|pointer| pointer.from)
        .collect();
    all.iter().filter(|pointer| !by_field.contains(&pointer.from)).copied().collect()
}

/// A note that mentions the note at `id`, with the sentences in which it does.
pub(crate) fn listed<'a>(site: &'a Site, id: NoteId, pointer: &Pointer) -> ListItem<'a> {
    let to = &site.note(id).facts.card;
    let from = site.note(pointer.from);
    let language = &from.facts.card.language;
    let pointing = site.graph.incoming.links(pointer).iter();
    let quotes = pointing.map(|link| QuoteView::new(&from.excerpts[*link as usize], language, to));
    ListItem::new(site, pointer.from, site.words_of(id), quotes.flatten().collect(), &[])
}

/// The paths of the pages that show the sentences in which the note at `from` mentions the note at `id`.
pub(crate) fn quoting(site: &Site, id: NoteId, from: NoteId) -> Vec<OutputPath> {
    let at = pointers(site, id).iter().position(|pointer| pointer.from == from);
    let listed = paged(site, id).zip(at).and_then(|(pages, at)| {
        let page = (1..=pages.page_count()).find(|page| pages.part(*page).contains(&at))?;
        Some(pages.path(page))
    });
    listed.into_iter().chain([site.note(id).facts.place.output.clone()]).collect()
}

fn first_path(site: &Site, id: NoteId) -> OutputPath {
    OutputPath::new(format!("{}/mentions.html", stem_of(site, id)))
}
