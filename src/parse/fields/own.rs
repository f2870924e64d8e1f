//! The fields of a note's kind, and references.

use super::draft::FactsDraft;
use super::value::{is_empty, unwrap_link};
use crate::config::{FieldConfig, FieldShape};
use crate::note::{FieldValue, LinkTarget, PartHash, RefField, Reference};
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
                _ if field.required && !self.inherits && reader.is_whole() => {
                    let message = format!("the note has no \"{}\"", field.name);
                    let help = format!("add a line: {}", field.line(reader.notation()));
                    let place = Span { start: table.span.start, end: table.span.start };
                    reader.report(place, &missing_field::RULE, message).help.push(help);
                }
                _ => {}
            }
        }
        if fields.iter().any(|field| field.infers.is_some()) {
            self.sort_references();
        }
    }

    /// Puts the references of fields that infer behind those of the fields that they add to.
    fn sort_references(&mut self) {
        let references = std::mem::take(&mut self.references);
        let spans = std::mem::take(&mut self.spans.references);
        let mut both: Vec<(Reference, Span)> = references.into_iter().zip(spans).collect();
        both.sort_by_key(|(reference, _)| reference.field.rank());
        (self.references, self.spans.references) = both.into_iter().unzip();
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
            self.refer(reader, entry, field.many, RefField::Own(field.infers.unwrap_or(at)));
            for reference in &mut self.references[before..] {
                reference.inferred = field.inferred;
            }
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
        let read = |entry: TomlEntry<'_>| Some((field_type.read(reader, entry)?, entry.span));
        let items: Vec<(String, Span)> = entries.into_iter().filter_map(read).collect();
        if let FieldShape::Url(_) = field.shape {
            self.addresses.extend(items.iter().cloned());
        }
        if field_type.is_translated() {
            let text = |(text, span): &(String, Span)| (at, PartHash::of(text), *span);
            self.texts.extend(items.iter().map(text));
        }
        let items: Vec<String> = items.into_iter().map(|(item, _)| item).collect();
        if items.is_empty() {
            self.unreadable.insert(usize::from(at));
        } else {
            self.values.push(FieldValue { field: at, items, language: None })
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
        let target = LinkTarget::plain(unwrap_link(name));
        self.references.push(Reference { field, inferred: false, target });
        self.spans.references.push(span);
        self.references.len() as u32 - 1
    }
}
