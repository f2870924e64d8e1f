//! The filters by which readers narrow a search: those of every book, and fields of the book's choice.
//!
//! A filter of every book is declared once, in [`BUILT_IN`]. The browser is told of the list with the index.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::config::{FieldConfig, Kind, KindId, label};
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
        shown_as: ValueForm::Kind,
        is_descending: false,
        values: |site, id| vec![site.config.kind(site.note(id).facts.kind).title.clone()],
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
        // Ranking looks for a filter of this name too, to tell which version is the reader's.
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
    /// The title in the language of the reader of the kind that has it in the language of the book.
    Kind,
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
    /// The label in further languages of the book, where it is another.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    labels: BTreeMap<&'s str, &'s str>,
    values: ValueForm,
    descending: bool,
}

/// Returns the filters of a book, the built-in ones first.
pub(super) fn filters(site: &Site) -> Vec<SearchFilter<'_>> {
    let built_in = BUILT_IN.iter().map(|filter| SearchFilter {
        name: filter.name,
        label: FilterLabel::Word(filter.label),
        labels: BTreeMap::new(),
        values: filter.shown_as,
        descending: filter.is_descending,
    });
    let kinds = &site.config.kinds;
    let of_book = site.config.filters.iter().map(|filter| {
        let name = &filter.text;
        let own = fields_named(kinds, name).next();
        let own = own.map_or_else(|| label(name), |field| field.label.clone());
        // The first kind that has the field may have no label for it in a language.
        let in_languages = site.config.kinds_in.iter().filter_map(|(language, kinds)| {
            let mut labels = fields_named(kinds, name).map(|field| &*field.label);
            Some((language.as_str(), labels.find(|label| *label != own)?))
        });
        SearchFilter {
            name,
            labels: in_languages.collect(),
            label: FilterLabel::Label(own),
            values: ValueForm::Text,
            descending: false,
        }
    });
    built_in.chain(of_book).collect()
}

fn fields_named<'k>(kinds: &'k [Kind], name: &str) -> impl Iterator<Item = &'k FieldConfig> {
    kinds.iter().flat_map(|kind| &kind.fields).filter(move |field| field.name == name)
}

/// Returns the keys of the words of the interface that the built-in filters need.
pub(super) fn filter_words() -> impl Iterator<Item = &'static str> {
    let values = BUILT_IN.iter().flat_map(|filter| match filter.shown_as {
        ValueForm::Word(keys) => keys,
        ValueForm::Text | ValueForm::Kind | ValueForm::Language => &[],
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

/// The titles of the values of a filter in further languages, by value and language.
pub(super) type ValueTitles<'s> = BTreeMap<Cow<'s, str>, BTreeMap<&'s str, Cow<'s, str>>>;

/// Returns the titles in further languages of what `notes` are filed under, in the order of [`filters`]; none in a book of
/// one language.
pub(super) fn value_titles(
    site: &Site,
    notes: impl Iterator<Item = NoteId> + Clone,
) -> Vec<ValueTitles<'_>> {
    if site.graph.works.is_empty() {
        return Vec::new();
    }
    let built_in = BUILT_IN.iter().map(|_| ValueTitles::new());
    let of_book = site.config.filters.iter().map(|filter| {
        let mut titles = titles_of_words(site, &filter.text);
        titles.extend(titles_of_notes(site, &filter.text, notes.clone()));
        titles
    });
    built_in.chain(of_book).collect()
}

/// Returns the words of the fields called `name` in further languages.
fn titles_of_words<'s>(site: &'s Site, name: &str) -> ValueTitles<'s> {
    let mut titles = ValueTitles::new();
    for (language, kinds) in &site.config.kinds_in {
        let fields = fields_named(&site.config.kinds, name).zip(fields_named(kinds, name));
        for (own, field) in fields {
            for word in own.words() {
                let [value, title] =
                    [own, field].map(|field| field.shape.as_type().filter_label(word));
                if value != title {
                    let titles = titles.entry(value.into()).or_default();
                    titles.insert(language.as_str(), title.into());
                }
            }
        }
    }
    titles
}

/// Returns the titles in further languages of the notes that the fields called `name` of `notes` point at.
fn titles_of_notes<'s>(
    site: &'s Site,
    name: &str,
    notes: impl Iterator<Item = NoteId>,
) -> ValueTitles<'s> {
    let works = &site.graph.works;
    let named: BTreeSet<NoteId> =
        notes.flat_map(|id| targets(site, id, name)).map(|target| works.original(target)).collect();
    let titles = named.into_iter().map(|original| {
        let value = &*site.note(original).facts.card.title;
        let versions = works.all(original).map(|id| &site.note(id).facts);
        let others = versions.filter(|facts| facts.card.title != value);
        let others =
            others.map(|facts| (facts.place.language.as_str(), (*facts.card.title).into()));
        (value.into(), others.collect::<BTreeMap<_, _>>())
    });
    titles.filter(|(_, titles)| !titles.is_empty()).collect()
}

/// Returns the notes that the field called `name` of a note points at.
fn targets<'s>(site: &'s Site, id: NoteId, name: &str) -> impl Iterator<Item = NoteId> + 's {
    let fields = &site.config.kind(site.note(id).facts.kind).fields;
    let at = fields.iter().position(|field| field.name == name);
    at.into_iter().flat_map(move |at| site.named_in(id, RefField::Own(at as u16)))
}

/// Returns the values of the field called `name`: the titles of the notes it points at, in the language of their originals,
/// or its words, in that of the book.
fn field(site: &Site, id: NoteId, kind: KindId, name: &str) -> Vec<String> {
    let fields = &site.config.kind(kind).fields;
    let Some(at) = fields.iter().position(|field| field.name == name) else { return Vec::new() };
    let facts = &site.note(id).facts;
    let named = site.named_in(id, RefField::Own(at as u16));
    let titles = named.map(|id| {
        let original = site.graph.works.original(id);
        site.note(original).facts.card.title.clone()
    });
    let values = facts.values.iter().filter(|value| usize::from(value.field) == at);
    let words = values
        .flat_map(|value| &value.items)
        .map(|word| fields[at].shape.as_type().filter_label(word));
    titles.chain(words).collect()
}
