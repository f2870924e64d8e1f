//! The fields of a note's kind, and references.

use super::draft::FactsDraft;
use super::value::{example, is_empty, unwrap_link, value};
use crate::config::{FieldConfig, FieldShape};
use crate::note::{FieldValue, LinkTarget, RefField, Reference};
use crate::parse::rules::missing_field;
use crate::span::Span;
use crate::table::{TableReader, TomlEntry, TomlTable};

impl FactsDraft {
    /// Reads the fields of the note's kind.
    pub(crate) fn own<'k>(
        &mut self,
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, 'k>,
        fields: &'k [FieldConfig],
    ) {
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        for (at, field) in fields.iter().enumerate() {
            match table.take(&field.name) {
                Some(entry) if !(field.required && reader.is_empty_list(entry)) => {
                    self.field(reader, entry, at as u16, field);
                }
                // It may be there under a name that is reported as unknown.
                _ if reader.has_strayed(&field.name) || table.holds_like(&field.name, &names) => {}
                _ if field.required && reader.is_whole() => {
                    let message = format!("the note has no \"{}\"", field.name);
                    let help = format!("add a line: {}", example(field));
                    let place = Span { start: table.span.start, end: table.span.start };
                    reader.report(place, &missing_field::RULE, message).help.push(help);
                }
                _ => {}
            }
        }
    }

    fn field(
        &mut self,
        reader: &mut TableReader<'_>,
        entry: TomlEntry<'_>,
        at: u16,
        field: &FieldConfig,
    ) {
        if matches!(field.shape, FieldShape::Reference { .. }) {
            let before = self.references.len();
            self.refer(reader, entry, field.many, RefField::Own(at));
            if self.references.len() == before && !reader.is_empty_list(entry) {
                self.unreadable.insert(usize::from(at));
            }
            return;
        }
        let are_words = !matches!(field.shape, FieldShape::Text);
        let entries = match field.many {
            true => reader.list_of(entry, are_words).unwrap_or_default(),
            false => vec![entry],
        };
        let items = entries.into_iter().filter_map(|entry| value(reader, entry, &field.shape));
        let items: Vec<String> = items.collect();
        match items.is_empty() {
            true => drop(self.unreadable.insert(usize::from(at))),
            false => self.values.push(FieldValue { field: at, items }),
        }
    }

    pub(crate) fn refer(
        &mut self,
        reader: &mut TableReader<'_>,
        entry: TomlEntry<'_>,
        many: bool,
        field: RefField,
    ) {
        let names = match many {
            true => reader.texts(entry),
            false => reader.text(entry).map(|name| (name, entry.span)).into_iter().collect(),
        };
        for (name, span) in names {
            if !is_empty(reader, entry.key, &name, span) {
                self.refer_to(&name, span, field);
            }
        }
    }

    pub(crate) fn refer_to(&mut self, name: &str, span: Span, field: RefField) -> u32 {
        self.references.push(Reference { field, target: LinkTarget::plain(unwrap_link(name)) });
        self.spans.references.push(span);
        self.references.len() as u32 - 1
    }
}
