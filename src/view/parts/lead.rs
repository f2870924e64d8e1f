//! The fields that stand at the top of the page of a note, and those that its cards show.

use std::borrow::Cow;

use crate::config::{FieldShape, LeadLine};
use crate::note::NoteId;
use crate::site::Site;
use crate::view::parts::field::{self, FieldView};
use crate::view::text::shortened;

/// The most values of a line on a card.
const ON_CARD: usize = 4;

/// The most bytes of the text on a card.
const TEXT_ON_CARD: usize = 240;

/// The lines at the top of the page of the note at `id` that have a value.
pub(crate) fn lines(site: &Site, id: NoteId) -> Vec<FieldView<'_>> {
    let kind = site.kind_for(site.note(id).facts.kind, id);
    let line = |line: &LeadLine| match *line {
        LeadLine::Field(at) => field::field(site, id, at),
        LeadLine::Sources => FieldView {
            label: site.words_of(id).get("sources"),
            items: field::own_sources(site, id),
            left: 0,
        },
    };
    kind.features.lead.iter().map(line).filter(|line| !line.items.is_empty()).collect()
}

/// The fields for readers of the note at `id` that have a value: first those that stand at the top of its page.
pub(crate) fn fields(site: &Site, id: NoteId) -> Vec<FieldView<'_>> {
    let kind = site.kind_for(site.note(id).facts.kind, id);
    let lead = kind.features.lead.iter().filter_map(|line| match *line {
        LeadLine::Field(at) => Some(field::field(site, id, at)),
        LeadLine::Sources => None,
    });
    let lead = lead.filter(|field| !field.items.is_empty());
    lead.chain(field::below_lead(site, id)).collect()
}

/// The fields that the card of the note at `id` shows, with their first values. Its texts are not among them.
pub(crate) fn on_card(site: &Site, id: NoteId) -> Vec<FieldView<'_>> {
    let line = |at: u16| {
        let mut line = field::field(site, id, at);
        line.left = line.items.len().saturating_sub(ON_CARD);
        line.items.truncate(ON_CARD);
        line
    };
    let shown = on_cards(site, id, false).map(line);
    shown.filter(|line| !line.items.is_empty()).collect()
}

/// The texts that the card of the note at `id` shows, in one line; `None` if it shows none.
pub(crate) fn text_on_card(site: &Site, id: NoteId) -> Option<Cow<'_, str>> {
    let facts = &site.note(id).facts;
    let values = on_cards(site, id, true)
        .flat_map(|at| facts.values.iter().filter(move |value| value.field == at));
    let texts: Vec<&str> =
        values.flat_map(|value| value.items.iter().map(|item| &**item)).collect();
    match texts[..] {
        [] => None,
        [text] => Some(shortened(text, TEXT_ON_CARD)),
        _ => {
            let between = site.card(&facts.card.language).words.get("text-separator");
            Some(Cow::Owned(shortened(&texts.join(between), TEXT_ON_CARD).into_owned()))
        }
    }
}

/// The places of the fields that the kind of the note at `id` shows on cards: those that hold texts, or the others.
fn on_cards(site: &Site, id: NoteId, texts: bool) -> impl Iterator<Item = u16> {
    let kind = site.config.kind(site.note(id).facts.kind);
    let is_text = |at: u16| matches!(kind.fields[usize::from(at)].shape, FieldShape::Text(_));
    kind.features.on_cards.iter().copied().filter(move |at| is_text(*at) == texts)
}
