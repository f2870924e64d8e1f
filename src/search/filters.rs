//! The filters by which readers narrow a search: those of every book, and fields of the book's choice.
//!
//! A filter of every book is declared once, in [`BUILT_IN`]. The browser is told of the list with the index.

use serde::Serialize;

use crate::config::{KindId, label};
use crate::note::{NoteId, RefField, Status};
use crate::site::Site;

/// A filter that every book has.
struct BuiltInFilter {
    /// Its name, as addresses of searches have it.
    name: &'static str,
    /// The key of its label among the words of the interface.
    label: &'static str,
    shown_as: ValueForm,
    is_descending: bool,
    /// Returns the values of a note.
    values: fn(&Site, NoteId) -> Vec<String>,
}

/// The filters of every book, in the order in which readers see them.
const BUILT_IN: &[BuiltInFilter] = &[
    BuiltInFilter {
        name: "kind",
        label: "search-kind",
        shown_as: ValueForm::Text,
        is_descending: false,
        values: |site, id| vec![site.note(id).facts.card.kind_title.clone()],
    },
    BuiltInFilter {
        name: "status",
        label: "search-status",
        shown_as: ValueForm::Word(&[
            "status-draft",
            "status-under-review",
            "status-published",
            "status-endorsed",
            "status-withdrawn",
            "status-superseded",
        ]),
        is_descending: false,
        values: |site, id| vec![status(site, id).to_owned()],
    },
    BuiltInFilter {
        name: "year",
        label: "search-year",
        shown_as: ValueForm::Text,
        is_descending: true,
        values: |site, id| {
            let date = site.note(id).facts.card.date;
            date.map(|date| format!("{:04}", date.year())).into_iter().collect()
        },
    },
    BuiltInFilter {
        // Ranking looks for a filter of this name too, to tell which translation is the reader's.
        name: "language",
        label: "search-language",
        shown_as: ValueForm::Language,
        is_descending: false,
        values: |site, id| vec![site.note(id).facts.card.language.to_string()],
    },
];

/// The form in which readers see the values of a filter. `6-panel.js` has a function for each.
#[derive(Clone, Copy, Debug, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
enum ValueForm {
    /// As it is written.
    Text,
    /// The word of the interface for it, whose key is the name of the filter, a hyphen and the value. These
    /// are all the keys there are.
    Word(#[serde(skip)] &'static [&'static str]),
    /// The name of the language whose code it is.
    Language,
}

/// The label of a filter.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
enum FilterLabel {
    /// A word of the interface, by its key.
    Word(&'static str),
    /// A text of the book.
    Label(String),
}

/// A filter, as the browser is told of it.
#[derive(Debug, Hash, Serialize)]
pub(super) struct SearchFilter<'s> {
    name: &'s str,
    #[serde(flatten)]
    label: FilterLabel,
    values: ValueForm,
    descending: bool,
}

/// Returns the filters of a book, the built-in ones first.
pub(super) fn filters(site: &Site) -> Vec<SearchFilter<'_>> {
    let built_in = BUILT_IN.iter().map(|filter| SearchFilter {
        name: filter.name,
        label: FilterLabel::Word(filter.label),
        values: filter.shown_as,
        descending: filter.is_descending,
    });
    let kinds = &site.config.kinds;
    let of_book = site.config.filters.iter().map(|filter| {
        let field = kinds.iter().flat_map(|kind| &kind.fields).find(|f| f.name == filter.text);
        SearchFilter {
            name: &filter.text,
            label: FilterLabel::Label(
                field.map_or_else(|| label(&filter.text), |field| field.label.clone()),
            ),
            values: ValueForm::Text,
            descending: false,
        }
    });
    built_in.chain(of_book).collect()
}

/// Returns the keys of the words of the interface that the built-in filters need.
pub(super) fn filter_words() -> impl Iterator<Item = &'static str> {
    let values = BUILT_IN.iter().flat_map(|filter| match filter.shown_as {
        ValueForm::Word(keys) => keys,
        ValueForm::Text | ValueForm::Language => &[],
    });
    BUILT_IN.iter().map(|filter| filter.label).chain(values.copied())
}

/// Returns the values of a note, in the order of [`filters`].
pub(super) fn filter_values(site: &Site, id: NoteId) -> Vec<Vec<String>> {
    let kind = site.note(id).facts.kind;
    let of_book = site.config.filters.iter().map(|filter| field(site, id, kind, &filter.text));
    BUILT_IN.iter().map(|filter| (filter.values)(site, id)).chain(of_book).collect()
}

/// Returns the status of a note as readers see it, which is also that it was superseded.
fn status(site: &Site, id: NoteId) -> &'static str {
    let status = site.note(id).facts.card.status;
    if site.is_superseded(id) && status != Status::Withdrawn {
        return "superseded";
    }
    let named = Status::ALL.iter().find(|(_, known)| *known == status);
    named.map_or("", |(name, _)| name)
}

/// Returns the values of the field called `name`: the titles of the notes it points at, or its words.
fn field(site: &Site, id: NoteId, kind: KindId, name: &str) -> Vec<String> {
    let fields = &site.config.kind(kind).fields;
    let Some(at) = fields.iter().position(|field| field.name == name) else { return Vec::new() };
    let facts = &site.note(id).facts;
    let named = site.named_in(id, RefField::Own(at as u16));
    let titles = named.map(|id| site.note(id).facts.card.title.clone());
    let values = facts.values.iter().filter(|value| usize::from(value.field) == at);
    let words = values
        .flat_map(|value| &value.items)
        .map(|word| fields[at].shape.as_type().filter_label(word));
    titles.chain(words).collect()
}
