//! The keys that every note may have in its front matter, besides the fields of its kind.
//!
//! To add one, declare it here and read it in `parse::fields::common`; the schema, the names that
//! fields can't have and the reading of YAML follow from the declaration.

use serde_json::{Value, json};

use super::field_types::{DateField, FieldType, NumberField, UrlField};
use super::{LONGEST_TEXT, Status};
use crate::table::{
    DeclaredKey, FlagShape, ListShape, ReadShape, ShortTextShape, TableReader, TextShape,
    TomlEntry, ValueShape, json, keys,
};

/// The greatest length of a summary, in bytes. A book warns of one that is longer than lists show.
const LONGEST_SUMMARY: usize = 4 * LONGEST_TEXT;

/// The weights of a change: how much it matters to somebody who relied on the note before.
const WEIGHTS: &[&str] = &["editorial", "substantive", "conclusion"];

keys! {
    /// The keys that every note may have.
    pub NOTE_KEYS:

    pub TITLE: FilledTextShape = "title", FilledTextShape(LONGEST_TEXT), "The title of the note.";
    pub SUMMARY: ShortTextShape = "summary", ShortTextShape(LONGEST_SUMMARY),
        "A sentence that says what is in the note; cards and search show it.";
    pub DATE: DateField = "date", DateField,
        "The date on which what the note describes happened, or on which it was written.";
    pub UPDATED: DateField = "updated", DateField, "The date on which the note last changed.";
    pub STATUS: StatusShape = "status", StatusShape,
        "The status of the note: how far it may be relied on.";
    pub ENDORSED_BY: TextShape = "endorsed-by", TextShape,
        "The person or group that endorsed the note.";
    pub WITHDRAWN_REASON: TextShape = "withdrawn-reason", TextShape,
        "The reason for which the note was withdrawn.";
    pub WITHDRAWN_ON: DateField = "withdrawn-on", DateField,
        "The date on which the note was withdrawn.";
    pub COMMENT_UNTIL: DateField = "comment-until", DateField,
        "The last day on which comments are welcome.";
    pub COMMENT_TO: TextShape = "comment-to", TextShape,
        "The place to send comments to, in words or as an address.";
    pub SUPERSEDES: ListShape<TextShape> = "supersedes", TEXTS, "The notes that this one replaces.";
    pub SOURCES: ListShape<PartShape> = "sources", SOURCE_LIST,
        "The sources that the note rests on.";
    pub REVIEW_BY: DateField = "review-by", DateField,
        "The date by which somebody should look at the note again.";
    pub ALIASES: ListShape<AliasShape> = "aliases",
        ListShape { items: AliasShape, most: usize::MAX },
        "Other names of the note, and addresses that it had before.";
    pub CHANGES: ListShape<PartShape> = "changes", CHANGE_LIST,
        "The changes of the note that its readers should know.";
    pub ORDER: PlaceShape = "order", PlaceShape,
        "The place of the note in a list that is ordered by hand.";
    pub TERMS: FlagShape = "terms", FlagShape(true),
        "Links the terms of the glossary where the note first mentions them.";
    pub EXCEPT: ListShape<PartShape> = "except", EXCEPTION_LIST,
        "The rules that the note breaks on purpose.";
}

keys! {
    /// The keys of a source.
    pub SOURCE_KEYS:

    pub SOURCE_REF: TextShape = "ref", TextShape, "The note that is the source.";
    pub SOURCE_TITLE: TextShape = "title", TextShape,
        "The title of a source that is no note of the book.";
    pub SOURCE_URL: UrlField = "url", UrlField, "The address of the source.";
    pub SOURCE_LOCATOR: TextShape = "locator", TextShape,
        "The place in the source, such as a page.";
    pub SOURCE_ACCESSED: DateField = "accessed", DateField,
        "The date on which the source was read.";
}

keys! {
    /// The keys of a change.
    pub CHANGE_KEYS:

    pub CHANGE_DATE: DateField = "date", DateField, "The date on which the note was changed.";
    pub CHANGE_WEIGHT: WeightShape = "weight", WeightShape,
        "The weight of the change for somebody who relied on the note before.";
    pub CHANGE_TEXT: TextShape = "text", TextShape, "A sentence that says what changed.";
}

keys! {
    /// The keys of an exception from a rule.
    pub EXCEPTION_KEYS:

    pub EXCEPTION_RULE: RuleNameShape = "rule", RuleNameShape, "The name of the rule.";
    pub EXCEPTION_REASON: FilledTextShape = "reason", FilledTextShape(usize::MAX),
        "The reason for which the note breaks the rule.";
}

const TEXTS: ListShape<TextShape> = ListShape { items: TextShape, most: usize::MAX };

const SOURCE_LIST: ListShape<PartShape> = ListShape {
    items: PartShape {
        keys: SOURCE_KEYS,
        required: &[],
        one_of: &[SOURCE_REF.name, SOURCE_TITLE.name],
    },
    most: usize::MAX,
};

const CHANGE_LIST: ListShape<PartShape> = ListShape {
    items: PartShape { keys: CHANGE_KEYS, required: &["date", "weight", "text"], one_of: &[] },
    most: usize::MAX,
};

const EXCEPTION_LIST: ListShape<PartShape> = ListShape {
    items: PartShape { keys: EXCEPTION_KEYS, required: &["rule", "reason"], one_of: &[] },
    most: usize::MAX,
};

/// Returns the names of the keys that every note may have.
pub fn names() -> impl Iterator<Item = &'static str> {
    NOTE_KEYS.iter().map(|key| key.name())
}

/// A part of the front matter with keys of its own, which `parse` reads.
#[derive(Clone, Copy)]
pub struct PartShape {
    /// The keys.
    keys: &'static [&'static dyn DeclaredKey],
    /// The keys that must be there.
    required: &'static [&'static str],
    /// The keys of which at least one must be there.
    one_of: &'static [&'static str],
}

impl ValueShape for PartShape {
    fn schema(&self) -> Value {
        let mut schema = json::table_of(self.keys, self.required);
        if !self.one_of.is_empty() {
            let one = |key: &&str| json!({ "required": [key] });
            schema["anyOf"] = self.one_of.iter().map(one).collect();
        }
        schema
    }

    fn example(&self) -> &'static str {
        "{ … }"
    }
}

/// Text that is not empty, of at most so many bytes.
#[derive(Clone, Copy, Debug)]
pub struct FilledTextShape(pub usize);

impl ValueShape for FilledTextShape {
    fn schema(&self) -> Value {
        json::filled_text()
    }

    fn example(&self) -> &'static str {
        "\"…\""
    }
}

impl ReadShape for FilledTextShape {
    type Value = String;

    /// Reads the text; that it is empty is for the caller to report, which knows what to say.
    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        reader.short_text(entry, self.0)
    }
}

/// The name of a status.
#[derive(Clone, Copy, Debug)]
pub struct StatusShape;

impl ValueShape for StatusShape {
    fn schema(&self) -> Value {
        json::one_of(Status::ALL.map(|(name, _)| name))
    }

    fn example(&self) -> &'static str {
        "\"under-review\""
    }

    fn default_value(&self) -> Option<Value> {
        Some(json!(Status::default()))
    }
}

/// The weight of a change.
#[derive(Clone, Copy, Debug)]
pub struct WeightShape;

impl ValueShape for WeightShape {
    fn schema(&self) -> Value {
        json::one_of(WEIGHTS.iter().copied())
    }

    fn example(&self) -> &'static str {
        "\"editorial\""
    }
}

impl ReadShape for WeightShape {
    type Value = String;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        let written = reader.text(entry)?;
        if WEIGHTS.contains(&written.as_str()) {
            return Some(written);
        }
        reader.not_in_list(entry, &written, WEIGHTS.iter().copied());
        None
    }
}

/// A place in a list, as a whole number.
#[derive(Clone, Copy, Debug)]
pub struct PlaceShape;

impl ValueShape for PlaceShape {
    fn schema(&self) -> Value {
        json!({ "type": "integer" })
    }

    fn example(&self) -> &'static str {
        "3"
    }

    fn yaml_as_toml(&self, item: &str) -> Option<String> {
        NumberField.yaml_as_toml(item)
    }
}

impl ReadShape for PlaceShape {
    type Value = i64;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<i64> {
        reader.integer(entry)
    }
}

/// Another name, or a former address: one with a slash and without a space.
#[derive(Clone, Copy, Debug)]
pub struct AliasShape;

impl ValueShape for AliasShape {
    fn schema(&self) -> Value {
        let part = r##"[^./\\:?#*"<>|\s][^/\\:?#*"<>|\s]*"##;
        let address = format!("^/*{part}(/{part})*/*$");
        json!({ "allOf": [json::text(), { "anyOf": [
            { "pattern": r"\s" },
            { "pattern": "^[^/]*$" },
            { "pattern": address },
            { "pattern": "^/+$" },
        ] }] })
    }

    fn example(&self) -> &'static str {
        "\"…\""
    }
}

impl ReadShape for AliasShape {
    type Value = String;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        reader.short_text(entry, LONGEST_TEXT)
    }
}

/// The name of a rule; `schema` puts in those from which a note can be an exception.
#[derive(Clone, Copy, Debug)]
pub struct RuleNameShape;

impl ValueShape for RuleNameShape {
    fn schema(&self) -> Value {
        json::text()
    }

    fn example(&self) -> &'static str {
        "\"…\""
    }
}
