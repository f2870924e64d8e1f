//! The data of a note that other pages show.

use serde::Serialize;

use super::{FieldValue, Status};
use crate::config::FieldConfig;
use crate::date::Date;
use crate::language::Language;
use crate::path::OutputPath;

/// The data that other pages show of a note.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct NoteCard {
    /// The title.
    pub title: String,
    /// The title in a few words, for places with little room; absent if the title is short enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// A summary of one sentence.
    pub summary: Option<String>,
    /// The address of the page, relative to the top of the site.
    pub url: OutputPath,
    /// The name of the kind.
    pub kind: String,
    /// The title of the kind in the singular.
    pub kind_title: String,
    /// The status that the writers gave the note.
    pub status: Status,
    /// The date of what the note describes, or the date on which it was written.
    pub date: Option<Date>,
    /// The date of the last update.
    pub updated: Option<Date>,
    /// The language of its text.
    pub language: Language,
    /// The value of the field that says whether the matter is still open.
    pub state: Option<String>,
    /// True if that value means closed.
    pub closed: bool,
}

/// Returns the field that says whether the matter of a note is still open, among the `fields` of its kind, and its word
/// among the `values` of the note.
pub(crate) fn state_of<'f>(
    fields: &'f [FieldConfig],
    values: &[FieldValue],
) -> Option<(&'f FieldConfig, &'f String)> {
    let (at, field) = fields.iter().enumerate().find(|(_, field)| !field.closed.is_empty())?;
    let value = values.iter().find(|value| usize::from(value.field) == at)?;
    Some((field, field.words().iter().find(|word| value.items.contains(word))?))
}

impl NoteCard {
    /// Returns the title in a few words, or the whole title where there is no shorter one.
    pub fn short_title(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.title)
    }
}

/// Details that belong to a status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct StatusDetails {
    /// The person or body that endorsed the note.
    pub endorsed_by: Option<String>,
    /// The reason for the withdrawal.
    pub withdrawn_reason: Option<String>,
    /// The date of the withdrawal.
    pub withdrawn_on: Option<Date>,
    /// The last day for comments.
    pub comment_until: Option<Date>,
    /// Instructions for comments: text or an address.
    pub comment_to: Option<String>,
    /// The language of these texts, if it is another than that of the note: that of the original of a translation.
    pub language: Option<Language>,
}

/// The standing of a translation, with who made it and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct TranslationDetails {
    /// The standing: `official`, `reviewed`, `unofficial` or `machine`; absent if nobody said.
    pub standing: Option<String>,
    /// The person, body or program that made it.
    pub by: Option<String>,
    /// The date on which it was made.
    pub on: Option<Date>,
}
