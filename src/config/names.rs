//! Names of kinds and fields: what they may consist of, what readers see, and how a named kind is
//! found.

use crate::table::rules::bad_config;
use serde_json::{Value, json};

use super::{KindId, SpannedText};
use crate::bidi::tidied;
use crate::table::{TableReader, TomlEntry, quoted, suggest};

/// The names that kinds and fields can have, as a regular expression.
const NAME: &str = "^[A-Za-z0-9_-]+$";

/// A function that finds the kind of a name, and reports one that there is not.
pub(super) type KindLookup<'a> = &'a dyn Fn(&mut TableReader<'_>, &SpannedText) -> Option<KindId>;

/// Returns the schema of a table whose keys are names of the writer's choice.
pub(super) fn named_tables(value: Value) -> Value {
    json!({
        "type": "object",
        "propertyNames": { "pattern": NAME },
        "additionalProperties": false,
        "patternProperties": { NAME: value },
    })
}

/// Reports the name of a kind or field that can't become a part of an address.
pub(super) fn check_name(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if entry.key.is_empty() || !entry.key.bytes().all(plain) {
        let message = format!("\"{}\" can't be the name of a kind or field", entry.key);
        let help = "a name consists of the letters a to z, digits and hyphens".to_owned();
        reader.report(entry.key_span, &bad_config::RULE, message).help.push(help);
    }
}

/// Returns a name as readers see it: `endorsed-by` becomes `Endorsed by`.
pub(crate) fn label(key: &str) -> String {
    let words = key.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns the name of a file or folder as readers see it: as it is written if it has a space or a capital letter, or
/// else as a label.
pub(crate) fn title_of_file(name: &str) -> String {
    let is_written = name.contains(|c: char| c.is_whitespace() || c.is_uppercase());
    tidied(&if is_written { name.to_owned() } else { label(name) }).text.into_owned()
}

/// Returns the kind that `target` names among `names`; reports it if there is none.
pub(super) fn kind_id(
    reader: &mut TableReader<'_>,
    names: &[String],
    target: &SpannedText,
) -> Option<KindId> {
    let found = names.iter().position(|name| *name == target.text);
    if found.is_none() {
        let near = reader.nearest(&target.text, names.iter().map(String::as_str));
        let message = format!("no kind is called \"{}\"", target.text);
        let diagnostic = reader.report(target.span, &bad_config::RULE, message);
        suggest(diagnostic, &target.text, &near, quoted);
    }
    found.map(|at| KindId(at as u16))
}

/// Returns the place in `fields` of the one that `name` names; reports it if there is none, with
/// those in mind and `others` that could stand there as well.
pub(super) fn field_place(
    reader: &mut TableReader<'_>,
    fields: &[&str],
    name: &SpannedText,
    others: &[&'static str],
) -> Option<u16> {
    let found = fields.iter().position(|field| *field == name.text);
    if found.is_none() {
        let near = reader.nearest(&name.text, fields.iter().chain(others).copied());
        let message = format!("the kind has no field \"{}\"", name.text);
        let diagnostic = reader.report(name.span, &bad_config::RULE, message);
        suggest(diagnostic, &name.text, &near, quoted);
    }
    found.map(|at| at as u16)
}
