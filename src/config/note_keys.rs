//! The keys that every note may have in its front matter, besides the fields of its kind.
//!
//! To add one, declare it here and read it in `parse::fields::common`; the schema, the names that
//! fields can't have and the reading of YAML follow from the declaration.

use serde_json::{Value, json};

use super::field_types::{DateField, UrlField};
use super::{LONGEST_TEXT, Status};
use crate::table::{
    DeclaredKey, FlagShape, ListShape, ReadShape, ShortTextShape, TableReader, TextShape,
    TomlEntry, ValueShape, json, keys,
};

/// The greatest length of a short title, in bytes: two lines of a narrow column, in any script.
const LONGEST_SHORT_TITLE: usize = 120;

/// The most other words by which a note is searched for.
const MOST_WORDS_ALSO: usize = 50;

/// The greatest length of a summary, in bytes. A book warns of one that is longer than lists show.
const LONGEST_SUMMARY: usize = 4 * LONGEST_TEXT;

/// The weights of a change: how much it matters to somebody who relied on the note before.
const WEIGHT_SHAPE: ChoiceShape =
    ChoiceShape { words: &["editorial", "substantive", "conclusion"], example: "\"editorial\"" };

/// The degrees to which a translation may be relied on: it is the publisher's own, somebody besides the translator
/// compared it with the original, nobody did, or a program made it.
const TRANSLATION_SHAPE: ChoiceShape = ChoiceShape {
    words: &["official", "reviewed", "unofficial", "machine"],
    example: "\"unofficial\"",
};

keys! {
    /// The keys that every note may have.
    pub NOTE_KEYS:

    pub TITLE: FilledTextShape = "title", FilledTextShape(LONGEST_TEXT), "The title of the note.";
    pub SHORT: ShortTextShape = "short", ShortTextShape(LONGEST_SHORT_TITLE),
        "The title in a few words, for places with little room.";
    pub IN_SENTENCE: ShortTextShape = "in-sentence", ShortTextShape(LONGEST_SHORT_TITLE),
        "The name of the note as it stands within a sentence, such as \"the donors\".";
    pub ALSO: ListShape<TextShape> = "also", ListShape { items: TextShape, most: MOST_WORDS_ALSO },
        "Other words by which readers search for the note; they are not shown.";
    pub SUMMARY: ShortTextShape = "summary" or "description", ShortTextShape(LONGEST_SUMMARY),
        "A sentence that says what is in the note; cards and search show it.";
    pub DATE: DateField = "date", DateField,
        "The date on which what the note describes happened, or on which it was written.";
    pub PUBLISHED: DateField = "published", DateField,
        "The date on which the note was published.";
    pub UPDATED: DateField = "updated", DateField, "The date on which the note last changed.";
    pub STATUS: StatusShape = "status", StatusShape,
        "The status of the note: how far it may be relied on.";
    pub DRAFT: FlagShape = "draft", FlagShape(false),
        "Makes the note a draft, as the status does; other programs have it so.";
    pub PUBLISH: FlagShape = "publish", FlagShape(true),
        "Makes the note a draft where it is false, as in Obsidian.";
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
    pub REVIEWED_ON: DateField = "reviewed-on", DateField,
        "The date on which somebody last checked the note against its sources.";
    pub TRANSLATION: ChoiceShape = "translation", TRANSLATION_SHAPE,
        "How far a translation may be relied on.";
    pub TRANSLATED_BY: TextShape = "translated-by", TextShape,
        "The person, body or program that made the translation.";
    pub TRANSLATED_ON: DateField = "translated-on", DateField,
        "The date on which the translation was made.";
    pub TRANSLATED_FROM: ListShape<RecordedPartShape> = "translated-from",
        ListShape { items: RecordedPartShape, most: usize::MAX },
        "The parts of the original as they were translated; fieldbook translation accept writes them.";
    pub ALIASES: ListShape<AliasShape> = "aliases",
        ListShape { items: AliasShape, most: usize::MAX },
        "Other names of the note, and addresses that it had before.";
    pub PERMALINK: TextShape = "permalink", TextShape,
        "An address that the page had before, as other programs have it.";
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
        "The place in the source, such as a page or a paragraph: \"¶9\".";
    pub SOURCE_ACCESSED: DateField = "accessed", DateField,
        "The date on which the source was read.";
}

keys! {
    /// The keys of a change.
    pub CHANGE_KEYS:

    pub CHANGE_DATE: DateField = "date", DateField, "The date on which the note was changed.";
    pub CHANGE_WEIGHT: ChoiceShape = "weight", WEIGHT_SHAPE,
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

/// A word of a list.
#[derive(Clone, Copy, Debug)]
pub struct ChoiceShape {
    /// The words.
    words: &'static [&'static str],
    /// One of them, as it is written.
    example: &'static str,
}

impl ValueShape for ChoiceShape {
    fn schema(&self) -> Value {
        json::one_of(self.words.iter().copied())
    }

    fn example(&self) -> &'static str {
        self.example
    }
}

impl ReadShape for ChoiceShape {
    type Value = String;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        let written = reader.text(entry)?;
        if self.words.contains(&written.as_str()) {
            return Some(written);
        }
        reader.not_in_list(entry, &written, self.words.iter().copied());
        None
    }
}

/// A part of an original: the hash of a block, or a key of the front matter with the hash of its value.
#[derive(Clone, Copy, Debug)]
pub struct RecordedPartShape;

impl ValueShape for RecordedPartShape {
    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": "^(.+:)?[0-9a-f]{6}$" })
    }

    fn example(&self) -> &'static str {
        "\"…\""
    }
}

impl ReadShape for RecordedPartShape {
    type Value = String;

    /// Reads the text; the caller says what is wrong with it.
    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        reader.text(entry)
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
