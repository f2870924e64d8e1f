//! `[search]`: by which fields readers can narrow a search.

use super::values::{items, spanned};
use super::{FieldConfig, FieldShape, Kind, MOST, SpannedText};
use crate::config::rules::bad_config;
use crate::table::{TableReader, TomlEntry, quoted, suggest};

/// `[search]`, which says by which fields a search can be narrowed.
pub(super) fn read(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Vec<SpannedText> {
    let named =
        reader.nested(entry, |reader, table| items(reader, table, "filters", MOST, spanned));
    named.unwrap_or_default()
}

/// The fields that some kind has, and whose values are few: references, or one of some words.
pub(super) fn known<'k>(
    named: Vec<SpannedText>,
    kinds: impl Iterator<Item = &'k Kind>,
    reader: &mut TableReader<'_>,
) -> Vec<SpannedText> {
    let few = |field: &&FieldConfig| {
        matches!(field.shape, FieldShape::Reference { .. } | FieldShape::OneOf(_))
    };
    let fields = kinds.flat_map(|kind| kind.fields.iter().filter(few));
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
