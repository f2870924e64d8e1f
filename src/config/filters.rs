//! `[search]`: the fields by which readers can narrow a search.

use super::shapes::NameShape;
use super::{FieldConfig, Kind, MOST, SpannedText};
use crate::table::rules::bad_config;
use crate::table::{ListShape, TableReader, TableShape, TomlTable, keys, quoted, suggest};

keys! {
    /// The keys of `[search]`.
    SEARCH_KEYS:

    FILTERS: ListShape<NameShape> = "filters",
        ListShape { items: NameShape, most: MOST },
        "The fields by which a search can be narrowed, besides kind, status, year and language.";
}

/// The table `[search]`.
pub(super) const TABLE: TableShape<Vec<SpannedText>> = TableShape {
    keys: SEARCH_KEYS,
    required: &[],
    read: |reader, table: &mut TomlTable<'_, '_>, _| FILTERS.read_or_default(reader, table),
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
