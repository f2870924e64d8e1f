//! `[kinds.NAME]`: the kinds of note.

use std::collections::BTreeSet;

use crate::table::rules::bad_config;
use serde_json::{Value, json};

use super::features::{self, FEATURE_KEYS, PendingFeatures};
use super::fields::FieldsShape;
use super::names::{KindLookup, check_name, label, named_tables, title_of_file};
use super::shapes::{FolderShape, SHORT_TEXT};
use super::{FieldShape, Kind, KindFeatures, MOST, NoteOrder};
use crate::slug::slug;
use crate::span::Span;
use crate::table::{
    DefaultShape, FlagShape, ReadShape, ShortTextShape, TableReader, TomlEntry, TomlTable,
    ValueShape, json, keys,
};

/// The kind of notes outside the kinds' folders.
pub(super) const PAGE: &str = "page";

keys! {
    /// The keys of a kind, without those that give it features.
    KIND_KEYS:

    FOLDER: FolderShape = "folder",
        FolderShape { default: None },
        "The folder below content/ that holds the notes of the kind.";
    TITLE: ShortTextShape = "title", SHORT_TEXT,
        "The word that readers see for one note of the kind; without it, the name of the kind.";
    PLURAL: ShortTextShape = "plural", SHORT_TEXT,
        "The word that readers see for several notes; without it, the name of the kind and an s.";
    DATE_TITLE: ShortTextShape = "date-title", SHORT_TEXT,
        "The words that readers see before the date of a note, such as \"Held\"; without it, Date.";
    FEED: FlagShape = "feed", FlagShape(false),
        "Gives each note a feed of the notes that point at it.";
    IN_FULL: FlagShape = "in-full", FlagShape(false),
        "Gives each note a page with the whole texts of the notes that point at it.";
    NUMBERED: FlagShape = "numbered", FlagShape(false),
        "Numbers the paragraphs, so that links can lead to them.";
    ABOUT: ShortTextShape = "about", SHORT_TEXT,
        "The address of the schema.org type of what a note describes.";
    ORDER: OrderShape = "order", OrderShape, "The order of the notes of the kind.";
    FIELDS: FieldsShape = "fields", FieldsShape, "The fields of its notes, each under its name.";
}

/// The order of the notes of a kind.
struct OrderShape;

/// The orders by their names.
const ORDERS: [(&str, NoteOrder); 5] = [
    ("order", NoteOrder::Order),
    ("title", NoteOrder::Title),
    ("date", NoteOrder::Date),
    ("-date", NoteOrder::DateDescending),
    ("path", NoteOrder::Path),
];

impl ValueShape for OrderShape {
    fn schema(&self) -> Value {
        json::one_of(ORDERS.map(|(name, _)| name))
    }

    fn example(&self) -> &'static str {
        "\"title\""
    }

    fn default_value(&self) -> Option<Value> {
        let default = self.default();
        let named = ORDERS.iter().find(|(_, order)| *order == default);
        named.map(|(name, _)| json!(name))
    }
}

impl ReadShape for OrderShape {
    type Value = NoteOrder;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<NoteOrder> {
        let name = reader.text(entry)?;
        let found = ORDERS.iter().find(|(known, _)| *known == name);
        if found.is_none() {
            let message = format!("notes can't be ordered by \"{name}\"");
            let help = "order takes: order, title, date, -date (the newest first) or path";
            reader.report(entry.span, &bad_config::RULE, message).help.push(help.to_owned());
        }
        found.map(|(_, order)| *order)
    }
}

impl DefaultShape for OrderShape {
    fn default(&self) -> NoteOrder {
        NoteOrder::Title
    }
}

/// The kinds, each under its name.
pub(super) struct KindsShape;

impl ValueShape for KindsShape {
    fn schema(&self) -> Value {
        let keys = [KIND_KEYS, FEATURE_KEYS].concat();
        let mut schema = named_tables(json::table_of(&keys, &[]));
        // The built-in kind of notes outside the kinds' folders needs none.
        schema["patternProperties"][format!("^(?!{PAGE}$)")] = json!({ "required": [FOLDER.name] });
        schema
    }

    fn example(&self) -> &'static str {
        "{ … }"
    }
}

impl ReadShape for KindsShape {
    type Value = Vec<RawKind>;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<Vec<RawKind>> {
        let entries = reader.nested(entry, |_, table| table.take_all())?;
        let entries = reader.at_most(entries, MOST, &bad_config::RULE).into_iter();
        let kinds = entries
            .filter_map(|entry| reader.nested(entry, |r, table| RawKind::read(r, table, entry)));
        Some(kinds.collect())
    }
}

/// Returns a kind for each of these folders, which is called like it.
pub(super) fn of_folders(folders: &BTreeSet<&str>) -> Vec<Kind> {
    let mut names = BTreeSet::from([PAGE.to_owned()]);
    let of_folder = |folder: &&str| {
        let slug = Some(slug(folder)).filter(|slug| !slug.is_empty());
        let slug = slug.unwrap_or_else(|| "folder".to_owned());
        let mut candidates = (1..).map(|number| match number {
            1 => slug.clone(),
            number => format!("{slug}-{number}"),
        });
        let name = candidates.find(|name| names.insert(name.clone()))?;
        let title = title_of_file(folder);
        Some(Kind {
            folder: Some((*folder).to_owned()),
            title: title.clone(),
            plural: title,
            order: NoteOrder::Order,
            ..RawKind::empty(&name).kind
        })
    };
    folders.iter().take(MOST - 1).filter_map(of_folder).collect()
}

/// A kind as written; the names of other kinds are not looked up yet.
pub(super) struct RawKind {
    pub(super) kind: Kind,
    /// The place of its name.
    pub(super) span: Span,
    pending: PendingFeatures,
}

impl RawKind {
    /// Returns a kind of which only the name is known.
    pub(super) fn empty(name: &str) -> Self {
        let kind = Kind {
            name: name.to_owned(),
            folder: None,
            title: label(name),
            plural: format!("{}s", label(name)),
            fields: Vec::new(),
            feed: false,
            in_full: false,
            numbered: false,
            about: None,
            order: OrderShape.default(),
            date_title: None,
            features: KindFeatures::default(),
        };
        Self { kind, span: Span::default(), pending: PendingFeatures::default() }
    }

    fn read(
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, '_>,
        entry: TomlEntry<'_>,
    ) -> Self {
        check_name(reader, entry);
        let folder = FOLDER.take(table);
        if folder.is_none() && entry.key != PAGE && reader.is_whole() {
            let message = format!("the kind \"{}\" has no folder", entry.key);
            let help =
                format!("notes get their kind from the folder they lie in: {}", FOLDER.line());
            reader.report(entry.key_span, &bad_config::RULE, message).help.push(help);
        }
        let folder = folder.and_then(|entry| FOLDER.shape.read(reader, entry));
        let (features, pending) = features::read(reader, table);
        let default = Self::empty(entry.key).kind;
        let kind = Kind {
            features,
            title: TITLE.read(reader, table).unwrap_or(default.title),
            plural: PLURAL.read(reader, table).unwrap_or(default.plural),
            feed: FEED.read_or_default(reader, table),
            in_full: IN_FULL.read_or_default(reader, table),
            numbered: NUMBERED.read_or_default(reader, table),
            about: ABOUT.read(reader, table),
            order: ORDER.read_or_default(reader, table),
            date_title: DATE_TITLE.read(reader, table),
            fields: FIELDS.read(reader, table).unwrap_or_default(),
            folder,
            name: default.name,
        };
        Self { kind, span: entry.key_span, pending }
    }

    /// Looks up the kinds that this one names.
    pub(super) fn resolve(self, reader: &mut TableReader<'_>, find: KindLookup<'_>) -> Kind {
        let Self { mut kind, pending, .. } = self;
        for field in &mut kind.fields {
            if let FieldShape::Reference(reference) = &mut field.shape {
                let named = std::mem::take(&mut reference.named);
                reference.to = named.iter().filter_map(|name| find(reader, name)).collect();
            }
        }
        for at in 0..kind.fields.len() {
            if let Some(base) = kind.fields[at].infers {
                kind.fields[at].shape = kind.fields[usize::from(base)].shape.clone();
            }
        }
        features::resolve(reader, &mut kind, pending, find);
        kind
    }
}
