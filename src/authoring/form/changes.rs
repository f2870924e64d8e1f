//! The changes that somebody made in a form, put into the text of the note.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::sources::{SourceRow, with_sources};
use super::text::with_shown;
use crate::authoring::set::set_list;
use crate::config::note_keys::{DRAFT, SOURCES};
use crate::config::{Config, Kind};
use crate::note;
use crate::note_settings::WrittenFrontMatter;
use crate::path::SourcePath;

/// The parts of a form that differ from the note of which it was made. What is not named stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormChanges {
    /// The values of each changed key; none to take it out.
    #[serde(default)]
    pub values: BTreeMap<String, Vec<String>>,
    /// The sources.
    #[serde(default)]
    pub sources: Option<Vec<SourceRow>>,
    /// The text.
    #[serde(default)]
    pub text: Option<String>,
}

/// The reason why a value of a form can't be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormFault {
    /// The key.
    pub key: String,
    /// The reason, as a sentence.
    pub message: String,
}

impl FormChanges {
    /// Returns the text of a note with the changes, and the reasons why some could not be made. Bytes that no change is
    /// about stay.
    pub fn apply(
        &self,
        config: &Config,
        path: &SourcePath,
        text: &str,
    ) -> (String, Vec<FormFault>) {
        let kind = config.kind(note::kind(&note::place(path, config), config));
        let (mut text, mut faults) = (text.to_owned(), Vec::new());
        if let Some(new) = &self.text {
            let body = WrittenFrontMatter::of(path, &text).map_or(0, |front| front.body);
            text = with_shown(&text, body, new);
        }
        for (key, values) in &self.values {
            let values = values.iter().map(|value| value.trim()).filter(|value| !value.is_empty());
            let values: Vec<&str> = values.collect();
            let change = |text| set_list(text, path, kind, key, &values);
            keep(&mut text, key, change, &mut faults);
        }
        if let Some(rows) = &self.sources {
            keep(&mut text, SOURCES.name, |text| with_sources(text, path, kind, rows), &mut faults);
        }
        (text, faults)
    }
}

/// Returns the text of a note as a draft, which no reader sees.
pub fn as_draft(config: &Config, path: &SourcePath, text: &str) -> Result<String, FormFault> {
    let kind: &Kind = config.kind(note::kind(&note::place(path, config), config));
    let key = DRAFT.name;
    set_list(text.to_owned(), path, kind, key, &["true"])
        .map_err(|message| FormFault { key: key.to_owned(), message })
}

fn keep(
    text: &mut String,
    key: &str,
    change: impl FnOnce(String) -> Result<String, String>,
    faults: &mut Vec<FormFault>,
) {
    match change(text.clone()) {
        Ok(changed) => *text = changed,
        Err(message) => faults.push(FormFault { key: key.to_owned(), message }),
    }
}
