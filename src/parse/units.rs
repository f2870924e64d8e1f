//! The pieces of a note that a translator works on one by one: the texts of its front matter, and below it each paragraph,
//! heading, entry of a list and cell of a table, with what in it is not for translators.

mod event_text;
mod marks;
mod runs;
mod values;

use std::ops::Range;

pub use marks::{Mark, MarkText};
pub use values::ValueUnit;

use super::front_matter;
use super::text::{ParsedEvents, as_meant, without_comments};
use crate::config::Config;
use crate::note;
use crate::source::Source;
use crate::table::Notation;
use event_text::EventText;
use runs::UnitReader;

/// The units of a note, in the order of its file.
#[derive(Debug, Default)]
pub struct NoteUnits {
    /// The range of the front matter, without the lines around it.
    pub front_matter: Range<usize>,
    /// The start of the text below it.
    pub body: usize,
    /// The notation of the front matter.
    pub notation: Notation,
    /// The texts of the front matter.
    pub values: Vec<ValueUnit>,
    /// The units of the text.
    pub texts: Vec<TextUnit>,
}

/// A piece of a text that is translated as a whole.
#[derive(Debug)]
pub struct TextUnit {
    /// Its form.
    pub form: UnitForm,
    /// The elements around it, from the outermost in, a sign for each.
    pub within: String,
    /// The range in the file.
    pub range: Range<usize>,
    /// The parts of it that are not for translators, in the order of the text.
    pub marks: Vec<Mark>,
    /// The breaks of lines in it: the range of each in the file, with the margin of the line that follows, and whether
    /// readers see it.
    pub breaks: Vec<(Range<usize>, bool)>,
    /// The signs with which each further line of it has to begin.
    pub margin: String,
    /// The name that its writer gave it, as in `^name`.
    pub name: Option<String>,
    /// True if there is anything to translate.
    pub has_words: bool,
}

/// The form of a unit of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitForm {
    /// A heading of this level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// The text of an entry of a list.
    Entry,
    /// A cell of a table.
    Cell,
    /// A term that a list defines.
    Term,
    /// A definition in such a list.
    Definition,
    /// The title of a callout.
    CalloutTitle,
    /// A block of raw HTML.
    Html,
}

impl TextUnit {
    /// Returns whether the unit can go on in another line that readers see as such.
    pub fn may_have_lines(&self) -> bool {
        let is_free = matches!(
            self.form,
            UnitForm::Paragraph
                | UnitForm::Entry
                | UnitForm::Term
                | UnitForm::Definition
                | UnitForm::Html
        );
        is_free || self.breaks.iter().any(|(_, is_seen)| *is_seen)
    }
}

/// Reads the units of a note.
pub fn units(source: &Source, config: &Config) -> NoteUnits {
    let text = source.text().unwrap_or_default();
    let kind = note::kind(&note::place(&source.path, config), config);
    let fields = &config.kind(kind).fields;
    // Whatever is wrong with the note, `parse` reports.
    let mut unsaid = Vec::new();
    let block = front_matter::split(&source.path, text, &mut unsaid);
    let values = values::find(&source.path, text, &block, fields);
    let written = &text[block.body..];
    let (without, comments) = without_comments(&source.path, written, block.body, &mut unsaid);
    let first = ParsedEvents::new(&without.text);
    let in_file = |range: &Range<usize>| range.start + block.body..range.end + block.body;
    let hidden: Vec<Range<usize>> = comments.iter().map(|comment| in_file(&comment.at)).collect();
    let meant = as_meant(written, block.body, &without, &first, comments);
    let (edited, parsed) = match &meant {
        Some(meant) => (meant, ParsedEvents::new(&meant.text)),
        None => (&without, first),
    };
    let text = EventText { file: text, edited, events: &parsed.events, hidden };
    let reader = UnitReader::new(&text);
    NoteUnits {
        front_matter: block.range,
        body: block.body,
        notation: block.notation,
        values,
        texts: reader.read(),
    }
}
