//! The fields of a kind, as `book.toml` writes them.

use super::check::words;
use super::read::{COMMON_KEYS, check_name, label};
use super::values::{flag, items, one_or_many, spanned, text};
use super::{FieldConfig, FieldShape, MOST, MOST_WORDS, SpannedText, WantedField};
use crate::config::rules::bad_config;
use crate::table::{TableReader, TomlEntry, TomlTable, quoted, suggest};

/// The fields of a kind; `targets` gets the kinds that they point at, by name.
pub(super) fn fields(
    reader: &mut TableReader<'_>,
    entry: TomlEntry<'_>,
    targets: &mut Vec<(usize, Vec<SpannedText>)>,
) -> Vec<FieldConfig> {
    let entries = reader.nested(entry, |_, table| table.take_all()).unwrap_or_default();
    let entries = reader.at_most(entries, MOST, &bad_config::RULE);
    let mut fields = Vec::new();
    for entry in entries {
        if COMMON_KEYS.contains(&entry.key) {
            let message =
                format!("every note has \"{}\" already; call the field otherwise", entry.key);
            reader.report(entry.key_span, &bad_config::RULE, message);
        } else if let Some((field, to, unless)) = reader.nested(entry, |r, t| field(r, t, entry)) {
            if !to.is_empty() {
                targets.push((fields.len(), to));
            }
            fields.push((field, unless));
        }
    }
    let names: Vec<String> = fields.iter().map(|(field, _)| field.name.clone()).collect();
    let known = |name: &SpannedText| names.contains(&name.text);
    for name in fields.iter().filter_map(|(_, unless)| unless.as_ref()).filter(|name| !known(name))
    {
        let near = reader.nearest(&name.text, names.iter().map(String::as_str));
        let message = format!("the kind has no field \"{}\"", name.text);
        let diagnostic = reader.report(name.span, &bad_config::RULE, message);
        suggest(diagnostic, &name.text, &near, quoted);
    }
    fields.into_iter().map(|(field, _)| field).collect()
}

fn field(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
    entry: TomlEntry<'_>,
) -> (FieldConfig, Vec<SpannedText>, Option<SpannedText>) {
    check_name(reader, entry);
    let target = table.take("to");
    let to = target.map_or_else(Vec::new, |entry| one_or_many(reader, entry));
    let list = table.take("one-of");
    let words = list.map(|entry| words(reader, entry));
    let of_references = ["open", "inverse", "inferred"].map(|key| table.take(key));
    let [open, inverse, inferred] = of_references;
    let open = open.and_then(|entry| reader.flag(entry)).unwrap_or(false);
    let plain = [
        ("text", FieldShape::Text),
        ("date", FieldShape::Date),
        ("number", FieldShape::Number),
        ("flag", FieldShape::Flag),
        ("url", FieldShape::Url),
    ];
    let mut shapes: Vec<FieldShape> = Vec::new();
    if !to.is_empty() {
        shapes.push(FieldShape::Reference { to: Vec::new(), open });
    }
    if let Some(list) = list.filter(|list| reader.is_empty_list(*list)) {
        let message = "there is no word in this list, so the field could hold nothing";
        let help = "write the words that it takes: one-of = [\"…\", \"…\"]".to_owned();
        reader.report(list.span, &bad_config::RULE, message).help.push(help);
    }
    if let Some(words) = words {
        shapes.push(FieldShape::OneOf(words));
    }
    shapes.extend(plain.into_iter().filter(|(name, _)| flag(reader, table, name)).map(|s| s.1));
    if shapes.len() == 1 && target.is_none() {
        for entry in of_references.into_iter().flatten() {
            let message = format!("\"{}\" is of use only where a field points at notes", entry.key);
            let help = "take it out, or name with to = \"…\" the kind that the field points at";
            reader.report(entry.key_span, &bad_config::RULE, message).help.push(help.to_owned());
        }
    }
    let is_unread = to.is_empty() && target.is_some_and(|target| !reader.is_empty_list(target));
    if shapes.len() > 1 || shapes.is_empty() && !is_unread && reader.is_whole() {
        let message = format!("it is not clear what the field \"{}\" holds", entry.key);
        let help = "give it just one of: to = \"KIND\", one-of = [\"…\"], text = true, date = true, \
                    number = true, flag = true, url = true";
        reader.report(entry.key_span, &bad_config::RULE, message).help.push(help.to_owned());
    }
    let closed = items(reader, table, "closed", MOST_WORDS, spanned);
    let (wanted, unless) = wanted(reader, table);
    let field = FieldConfig {
        closed: closed_words(reader, &closed, &shapes),
        name: entry.key.to_owned(),
        label: text(reader, table, "title").unwrap_or_else(|| label(entry.key)),
        inverse: inverse.and_then(|entry| reader.text(entry)),
        shape: shapes.into_iter().next().unwrap_or(FieldShape::Text),
        many: flag(reader, table, "many"),
        required: flag(reader, table, "required"),
        inferred: inferred.and_then(|entry| reader.flag(entry)).unwrap_or(false),
        wanted,
    };
    (field, to, unless)
}

/// `wanted = true`, perhaps with `unless = "…"`, which names another field.
fn wanted(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
) -> (Option<WantedField>, Option<SpannedText>) {
    let is_wanted = flag(reader, table, "wanted");
    let unless = table.take("unless").and_then(|entry| spanned(reader, entry));
    if let Some(unless) = unless.as_ref().filter(|_| !is_wanted) {
        let message = "\"unless\" is of use only where a field is wanted";
        let help = "add to the field: wanted = true".to_owned();
        reader.report(unless.span, &bad_config::RULE, message).help.push(help);
    }
    let name = unless.as_ref().map(|unless| unless.text.clone());
    (is_wanted.then_some(WantedField { unless: name }), unless)
}

/// The words of a field that say that a matter is closed.
fn closed_words(
    reader: &mut TableReader<'_>,
    closed: &[SpannedText],
    shapes: &[FieldShape],
) -> Vec<String> {
    let words: &[String] = match shapes.first() {
        Some(FieldShape::OneOf(words)) => words,
        _ => &[],
    };
    for word in closed.iter().filter(|word| !words.contains(&word.text)) {
        let message = format!("\"{}\" is none of the words that the field takes", word.text);
        reader.report(word.span, &bad_config::RULE, message);
    }
    closed.iter().map(|word| word.text.clone()).collect()
}
