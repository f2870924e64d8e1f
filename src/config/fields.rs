//! `[kinds.NAME.fields]`: the fields of a kind.

use crate::table::rules::bad_config;
use serde_json::{Value, json};

use super::field_types::{DECLARATIONS, DeclaredType, TextField};
use super::names::{check_name, field_place, label, named_tables};
use super::note_keys;
use super::shapes::{NameShape, SHORT_TEXT};
use super::{FieldConfig, FieldShape, FieldValues, MOST, MOST_WORDS, SpannedText, WantedField};
use crate::table::{
    DeclaredKey, FlagShape, ListShape, ReadShape, ShortTextShape, TableReader, TextShape,
    TomlEntry, TomlTable, ValueShape, json, keys,
};

keys! {
    /// The keys of a field, without those that declare its type.
    FIELD_KEYS:

    OPEN: FlagShape = "open", FlagShape(false),
        "Makes a bare page of a name that no note has; only in a field that points at notes.";
    INVERSE: TextShape = "inverse", TextShape,
        "The words that readers see for the field on the page of a note that it points at.";
    HEADING: TextShape = "heading", TextShape,
        "The heading of the notes that point by the field, on the page of the note that they point at; \
         {title} stands for its name.";
    FOR_EDITORS: FlagShape = "for-editors", FlagShape(false),
        "Keeps the field off the pages of readers; the state of the book shows it to editors.";
    INFERRED: FlagShape = "inferred", FlagShape(false),
        "Marks what the field says as inferred and not in the sources; counts tell it apart.";
    CLOSED: ListShape<NameShape> = "closed", ListShape { items: NameShape, most: MOST_WORDS },
        "The words that say that a matter is closed; its notes come after those still open.";
    UNDEFINED: ListShape<NameShape> = "undefined", ListShape { items: NameShape, most: MOST_WORDS },
        "The words that say that nothing defines a term; other pages then show its summary.";
    WANTED: FlagShape = "wanted", FlagShape(false), "Warns of notes without the field.";
    UNLESS: NameShape = "unless", NameShape,
        "The field that says why this one is empty; only where a field is wanted.";
    TITLE: ShortTextShape = "title", SHORT_TEXT,
        "The words that readers see for the field; without it, the name of the field.";
    COLUMN: ShortTextShape = "column", SHORT_TEXT,
        "The words that readers see for the field in a register, where there is little room; without it, the title.";
    MANY: FlagShape = "many", FlagShape(false), "Lets the field hold a list of values.";
    REQUIRED: FlagShape = "required", FlagShape(false), "Makes a note without the field an error.";
}

/// The fields of a kind, each under its name.
pub(super) struct FieldsShape;

impl ValueShape for FieldsShape {
    fn schema(&self) -> Value {
        let types = DECLARATIONS.iter().map(|declaration| declaration.key);
        let keys: Vec<&dyn DeclaredKey> = types.chain(FIELD_KEYS.iter().copied()).collect();
        let mut field = json::table_of(&keys, &[]);
        let chosen = DECLARATIONS.iter().map(|declared| (declared.chosen)(declared.key.name()));
        field["oneOf"] = chosen.collect();
        field["dependentRequired"] = json!({ "open": ["to"], "inverse": ["to"], "heading": ["to"], "inferred": ["to"], "unless": ["wanted"] });
        let mut fields = named_tables(field);
        fields["propertyNames"]["not"] = json::one_of(note_keys::names());
        fields
    }

    fn example(&self) -> &'static str {
        "{ … }"
    }
}

impl ReadShape for FieldsShape {
    type Value = Vec<FieldConfig>;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<Self::Value> {
        let entries = reader.nested(entry, |_, table| table.take_all())?;
        let mut fields: Vec<FieldConfig> = Vec::new();
        let mut reasons = Vec::new();
        for entry in reader.at_most(entries, MOST, &bad_config::RULE) {
            if note_keys::names().any(|name| name == entry.key) {
                let message =
                    format!("every note has \"{}\" already; call the field otherwise", entry.key);
                reader.report(entry.key_span, &bad_config::RULE, message);
            } else if let Some((field, unless)) = reader.nested(entry, |r, t| field(r, t, entry)) {
                fields.push(field);
                reasons.extend(unless);
            }
        }
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        for name in &reasons {
            field_place(reader, &names, name, &[]);
        }
        join_inferring(reader, &mut fields);
        Some(fields)
    }
}

/// Joins each field that infers notes to the field that it adds them to; reports one that can't be joined.
fn join_inferring(reader: &mut TableReader<'_>, fields: &mut [FieldConfig]) {
    let named = |field: &mut FieldConfig| match &mut field.shape {
        FieldShape::Reference(reference) => reference.infers.take(),
        _ => None,
    };
    let inferring: Vec<Option<SpannedText>> = fields.iter_mut().map(named).collect();
    for (at, name) in inferring.iter().enumerate() {
        let Some(name) = name else { continue };
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let Some(base) = field_place(reader, &names, name, &[]) else { continue };
        let joins = &fields[usize::from(base)];
        if joins.shape.as_reference().is_none() || inferring[usize::from(base)].is_some() {
            let message = format!("\"{}\" is no field that points at notes by itself", name.text);
            let help = "name a field of the kind that has to = \"…\"".to_owned();
            reader.report(name.span, &bad_config::RULE, message).help.push(help);
            continue;
        }
        let many = joins.many;
        let field = &mut fields[at];
        (field.infers, field.inferred) = (Some(base), true);
        field.many |= many;
    }
}

/// Reads a field, and the name of the field that says why it is empty.
fn field(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
    entry: TomlEntry<'_>,
) -> (FieldConfig, Option<SpannedText>) {
    check_name(reader, entry);
    let (mut shape, is_clear) = field_type(reader, table, entry);
    let of_references =
        [OPEN.take(table), INVERSE.take(table), HEADING.take(table), INFERRED.take(table)];
    if is_clear && shape.as_reference().is_none() {
        for entry in of_references.into_iter().flatten() {
            let message = format!("\"{}\" is of use only where a field points at notes", entry.key);
            let help = "take it out, or name with to = \"…\" the kind that the field points at";
            reader.report(entry.key_span, &bad_config::RULE, message).help.push(help.to_owned());
        }
    }
    let [open, inverse, heading, inferred] = of_references;
    let open = open.and_then(|entry| OPEN.shape.read(reader, entry)).unwrap_or_default();
    if let FieldShape::Reference(reference) = &mut shape {
        reference.open = open;
    }
    let closed = CLOSED.read_or_default(reader, table);
    let undefined = UNDEFINED.read_or_default(reader, table);
    let (wanted, unless) = wanted(reader, table);
    let field = FieldConfig {
        closed: known_words(reader, closed, &shape),
        undefined: known_words(reader, undefined, &shape),
        name: entry.key.to_owned(),
        label: TITLE.read(reader, table).unwrap_or_else(|| label(entry.key)),
        column: COLUMN.read(reader, table),
        inverse: inverse.and_then(|entry| INVERSE.shape.read(reader, entry)),
        heading: heading.and_then(|entry| heading_text(reader, entry)),
        for_editors: FOR_EDITORS.read_or_default(reader, table),
        shape,
        many: MANY.read_or_default(reader, table),
        required: REQUIRED.read_or_default(reader, table),
        inferred: inferred.and_then(|entry| INFERRED.shape.read(reader, entry)).unwrap_or_default(),
        infers: None,
        wanted,
    };
    (field, unless)
}

/// Reads the heading of the notes that point by a field; reports braces that nothing fills.
fn heading_text(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
    let text = HEADING.shape.read(reader, entry)?;
    if text.replace("{title}", "").contains(['{', '}']) {
        let message = "only {title} is filled in a heading";
        let help = "take out the other braces".to_owned();
        reader.report(entry.span, &bad_config::RULE, message).help.push(help);
        return None;
    }
    Some(text)
}

/// Reads the type of a field, and says whether it is clear; if it is not, that is reported.
fn field_type(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
    entry: TomlEntry<'_>,
) -> (FieldShape, bool) {
    let mut types = Vec::new();
    let (mut has_empty, mut has_unreadable) = (false, false);
    for declaration in DECLARATIONS {
        match (declaration.read)(reader, table) {
            DeclaredType::Absent => {}
            DeclaredType::Empty => has_empty = true,
            DeclaredType::Unreadable => has_unreadable = true,
            DeclaredType::Type(shape) => types.push(shape),
        }
    }
    let is_missing = types.is_empty() && !has_unreadable && reader.is_whole();
    if types.len() > 1 || is_missing {
        let message = format!("it is not clear what the field \"{}\" holds", entry.key);
        let forms: Vec<&str> = DECLARATIONS.iter().map(|declaration| declaration.form).collect();
        let help = format!("give it just one of: {}", forms.join(", "));
        reader.report(entry.key_span, &bad_config::RULE, message).help.push(help);
    }
    let is_clear = types.len() == 1 && !has_empty && !has_unreadable;
    (types.into_iter().next().unwrap_or(FieldShape::Text(TextField)), is_clear)
}

/// Reads `wanted = true`, perhaps with `unless = "…"`, which names another field.
fn wanted(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
) -> (Option<WantedField>, Option<SpannedText>) {
    let is_wanted = WANTED.read_or_default(reader, table);
    let unless = UNLESS.read(reader, table);
    if let Some(unless) = unless.as_ref().filter(|_| !is_wanted) {
        let message = "\"unless\" is of use only where a field is wanted";
        let help = format!("add to the field: {}", WANTED.line());
        reader.report(unless.span, &bad_config::RULE, message).help.push(help);
    }
    let name = unless.as_ref().map(|unless| unless.text.clone());
    (is_wanted.then_some(WantedField { unless: name }), unless)
}

/// Returns words with a meaning of their own among those of a field; reports those that the field does
/// not take.
fn known_words(
    reader: &mut TableReader<'_>,
    meant: Vec<SpannedText>,
    shape: &FieldShape,
) -> Vec<String> {
    let words: &[String] = match shape.as_type().values() {
        FieldValues::Words(words) => words,
        FieldValues::Notes(_) | FieldValues::Any => &[],
    };
    for word in meant.iter().filter(|word| !words.contains(&word.text)) {
        let message = format!("\"{}\" is none of the words that the field takes", word.text);
        reader.report(word.span, &bad_config::RULE, message);
    }
    meant.into_iter().map(|word| word.text).collect()
}
