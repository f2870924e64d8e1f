//! The fields of a note's kind, and references.

use super::draft::FactsDraft;
use super::value::{is_empty, unwrap_link};
use crate::config::FieldConfig;
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
                    let help = format!("add a line: {}", field.line());
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
        if field.shape.as_reference().is_some() {
            let before = self.references.len();
            self.refer(reader, entry, field.many, RefField::Own(at));
            if self.references.len() == before && !reader.is_empty_list(entry) {
                self.unreadable.insert(usize::from(at));
            }
            return;
        }
        let field_type = field.shape.as_type();
        let entries = if field.many {
            reader.list_of(entry, field_type.is_parted_by_commas()).unwrap_or_default()
        } else {
            vec![entry]
        };
        let items = entries.into_iter().filter_map(|entry| field_type.read(reader, entry));
        let items: Vec<String> = items.collect();
        if items.is_empty() {
            self.unreadable.insert(usize::from(at));
        } else {
            self.values.push(FieldValue { field: at, items })
        }
    }

    pub(crate) fn refer(
        &mut self,
        reader: &mut TableReader<'_>,
        entry: TomlEntry<'_>,
        many: bool,
        field: RefField,
    ) {
        let names = if many {
            reader.texts(entry)
        } else {
            reader.text(entry).map(|name| (name, entry.span)).into_iter().collect()
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
