//! A note as a form: its settings as inputs, its sources as rows, its text, and the text of the note with what somebody
//! changed in the form.

mod changes;
mod fields;
mod findings;
mod sources;
mod text;
mod usual;

pub use changes::{FormChanges, FormFault, as_draft};
pub use fields::{FieldNeed, FormField, InputSort};
pub use findings::{FormFinding, form_findings};
pub use sources::SourceRow;
pub use usual::usual_keys;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::note;
use crate::note_settings::WrittenFrontMatter;
use crate::path::SourcePath;
use crate::site::Site;
use crate::span::LineIndex;

/// A note as a form.
#[derive(Debug, Serialize)]
pub struct NoteForm {
    /// The word that readers see for the kind.
    pub kind: String,
    /// The settings; none if the front matter has to be corrected first, which is then a part of the text.
    pub fields: Vec<FormField>,
    /// The sources; none if they can't be changed in a form.
    pub sources: Option<Vec<SourceRow>>,
    /// The titles and kinds of the notes that are sources, by the names that are written.
    pub source_notes: BTreeMap<String, String>,
    /// The text, with a line feed at the end of each line.
    pub text: String,
    /// The number of the first line of the text in the file, from one.
    pub first_line: usize,
    /// True if the settings can be read.
    pub is_readable: bool,
}

/// Returns the inputs for the settings that a note at `path` may have, without values.
pub fn note_inputs(site: &Site, path: &SourcePath) -> Vec<FormField> {
    let place = note::place(path, &site.config);
    let front = WrittenFrontMatter::of(path, "");
    front.map_or_else(Vec::new, |front| fields::fields(site, &place, &front, &BTreeSet::new()))
}

/// Returns the form of the note at `path` with this text. The inputs for `usual` keys are shown at once.
pub fn note_form(site: &Site, path: &SourcePath, text: &str, usual: &BTreeSet<String>) -> NoteForm {
    let config = &site.config;
    let place = note::place(path, config);
    let kind = config.kind_in(note::kind(&place, config), config.language());
    let front = WrittenFrontMatter::of(path, text);
    let body = front.as_ref().map_or(0, |front| front.body);
    let shown = text::shown_place(text, body);
    let sources = front.as_ref().and_then(sources::source_rows);
    let fields = |front| fields::fields(site, &place, front, usual);
    NoteForm {
        kind: kind.title.clone(),
        fields: front.as_ref().map_or_else(Vec::new, fields),
        source_notes: sources::source_notes(site, &place, sources.as_deref().unwrap_or_default()),
        sources,
        text: text::with_plain_breaks(&text[shown.clone()]),
        first_line: LineIndex::new(text).line_column(text, shown.start).0,
        is_readable: front.is_some(),
    }
}
