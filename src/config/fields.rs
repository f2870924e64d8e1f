//! The fields of a kind, as `book.toml` writes them.

use super::read::{COMMON_KEYS, check_name, flag, items, label, one_or_many, spanned, text};
use super::{Field, Shape, Spanned, Wanted};
use crate::diagnostic::Code;
use crate::table::{Entry, Reader, Table};

/// The fields of a kind; `targets` gets the kinds that they point at, by name.
pub(super) fn fields(
    reader: &mut Reader<'_>,
    entry: Entry<'_>,
    targets: &mut Vec<(usize, Vec<Spanned>)>,
) -> Vec<Field> {
    let entries = reader.nested(entry, |_, table| table.take_all()).unwrap_or_default();
    let mut fields = Vec::new();
    for entry in entries {
        if COMMON_KEYS.contains(&entry.key) {
            let message =
                format!("every note has \"{}\" already; call the field otherwise", entry.key);
            reader.report(entry.key_span, Code::BadConfig, message);
        } else if let Some((field, to)) = reader.nested(entry, |r, t| field(r, t, entry)) {
            if !to.is_empty() {
                targets.push((fields.len(), to));
            }
            fields.push(field);
        }
    }
    fields
}

fn field(
    reader: &mut Reader<'_>,
    table: &mut Table<'_, '_>,
    entry: Entry<'_>,
) -> (Field, Vec<Spanned>) {
    check_name(reader, entry);
    let to = table.take("to").map_or_else(Vec::new, |entry| one_or_many(reader, entry));
    let words = table.take("one-of").map(|entry| reader.texts(entry));
    let open = flag(reader, table, "open");
    let plain = [
        ("text", Shape::Text),
        ("date", Shape::Date),
        ("number", Shape::Number),
        ("flag", Shape::Flag),
        ("url", Shape::Url),
    ];
    let mut shapes: Vec<Shape> = Vec::new();
    if !to.is_empty() {
        shapes.push(Shape::Reference { to: Vec::new(), open });
    }
    if let Some(words) = words {
        shapes.push(Shape::OneOf(words.into_iter().map(|word| word.0).collect()));
    }
    shapes.extend(plain.into_iter().filter(|(name, _)| flag(reader, table, name)).map(|s| s.1));
    if shapes.len() != 1 {
        let message = format!("it is not clear what the field \"{}\" holds", entry.key);
        let help = "give it just one of: to = \"KIND\", one-of = [\"…\"], text = true, date = true, \
                    number = true, flag = true, url = true";
        reader.report(entry.key_span, Code::BadConfig, message).help.push(help.to_owned());
    }
    let closed = items(reader, table, "closed", spanned);
    let field = Field {
        closed: closed_words(reader, &closed, &shapes),
        name: entry.key.to_owned(),
        label: text(reader, table, "title").unwrap_or_else(|| label(entry.key)),
        inverse: text(reader, table, "inverse"),
        shape: shapes.into_iter().next().unwrap_or(Shape::Text),
        many: flag(reader, table, "many"),
        required: flag(reader, table, "required"),
        inferred: flag(reader, table, "inferred"),
        wanted: wanted(reader, table),
    };
    (field, to)
}

/// `wanted = true`, perhaps with `unless = "…"`.
fn wanted(reader: &mut Reader<'_>, table: &mut Table<'_, '_>) -> Option<Wanted> {
    let is_wanted = flag(reader, table, "wanted");
    let unless = text(reader, table, "unless");
    is_wanted.then_some(Wanted { unless })
}

/// The words of a field that say that a matter is closed.
fn closed_words(reader: &mut Reader<'_>, closed: &[Spanned], shapes: &[Shape]) -> Vec<String> {
    let words: &[String] = match shapes.first() {
        Some(Shape::OneOf(words)) => words,
        _ => &[],
    };
    for word in closed.iter().filter(|word| !words.contains(&word.text)) {
        let message = format!("\"{}\" is none of the words that the field takes", word.text);
        reader.report(word.span, Code::BadConfig, message);
    }
    closed.iter().map(|word| word.text.clone()).collect()
}
