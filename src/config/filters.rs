//! `[search]`: the fields by which readers can narrow a search, and words that are found for each other.

use super::shapes::{NameShape, SHORT_TEXT};
use super::{FieldConfig, Kind, MOST, SpannedText};
use crate::table::rules::bad_config;
use crate::table::{
    ListShape, ShortTextShape, TableReader, TableShape, TomlTable, keys, quoted, suggest,
};

keys! {
    /// The keys of `[search]`.
    SEARCH_KEYS:

    FILTERS: ListShape<NameShape> = "filters",
        ListShape { items: NameShape, most: MOST },
        "The fields by which a search can be narrowed, besides kind, status, year and language.";
    SYNONYMS: ListShape<ListShape<ShortTextShape>> = "synonyms",
        ListShape { items: ListShape { items: SHORT_TEXT, most: MOST }, most: MOST },
        "Groups of words or phrases: whoever asks for one of a group also finds the others, after it.";
}

/// The settings of the search.
#[derive(Debug, Default)]
pub(super) struct SearchSettings {
    /// The fields by which a search can be narrowed, as named.
    pub(super) filters: Vec<SpannedText>,
    /// Groups of words or phrases that are found for each other.
    pub(super) synonyms: Vec<Vec<String>>,
}

/// The table `[search]`.
pub(super) const TABLE: TableShape<SearchSettings> = TableShape {
    keys: SEARCH_KEYS,
    required: &[],
    read: |reader, table: &mut TomlTable<'_, '_>, _| SearchSettings {
        filters: FILTERS.read_or_default(reader, table),
        synonyms: SYNONYMS.read_or_default(reader, table),
    },
};

/// Returns those of the `named` fields that some kind has and whose values are few.
pub(super) fn known(
    named: Vec<SpannedText>,
    kinds: &[Kind],
    reader: &mut TableReader<'_>,
) -> Vec<SpannedText> {
    let few = |field: &&FieldConfig| field.shape.as_type().values().are_few();
    let fields = kinds.iter().flat_map(|kind| kind.fields.iter().filter(few));
    let fields: Vec<&str> = fields.map(|field| field.name.as_str()).collect();
    let (known, unknown): (Vec<SpannedText>, Vec<SpannedText>) =
        named.into_iter().partition(|filter| fields.contains(&filter.text.as_str()));
    for filter in unknown {
        let message = format!("a search can't be narrowed by \"{}\"", filter.text);
        let near = reader.nearest(&filter.text, fields.iter().copied());
        let help = "name a field of a kind that points at notes, or takes one of some words";
        let diagnostic = reader.report(filter.span, &bad_config::RULE, message);
        suggest(diagnostic, &filter.text, &near, quoted);
        diagnostic.help.push(help.to_owned());
    }
    known
}
