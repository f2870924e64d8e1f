//! A note as a form: its settings as inputs, its sources as rows, its text, and the text of the note with what somebody
//! changed in the form.

mod changes;
mod fields;
mod findings;
mod sources;
mod text;

pub use changes::{FormChanges, FormFault, as_draft};
pub use fields::{FieldNeed, FormField, InputSort};
pub use findings::{FormFinding, form_findings};
pub use sources::SourceRow;

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
    front.map_or_else(Vec::new, |front| fields::fields(site, &place, &front))
}

/// Returns the form of the note at `path` with this text.
pub fn note_form(site: &Site, path: &SourcePath, text: &str) -> NoteForm {
    let config = &site.config;
    let place = note::place(path, config);
    let kind = config.kind_in(note::kind(&place, config), config.language());
    let front = WrittenFrontMatter::of(path, text);
    let body = front.as_ref().map_or(0, |front| front.body);
    let shown = text::shown_place(text, body);
    NoteForm {
        kind: kind.title.clone(),
        fields: front.as_ref().map_or_else(Vec::new, |front| fields::fields(site, &place, front)),
        sources: front.as_ref().and_then(sources::source_rows),
        text: text::with_plain_breaks(&text[shown.clone()]),
        first_line: LineIndex::new(text).line_column(text, shown.start).0,
        is_readable: front.is_some(),
    }
}
