//! The front matter of a note, read against the fields of its kind.

mod common;
mod doubt;
mod draft;
pub(super) mod former;
mod own;
mod value;

pub(crate) use draft::FactsDraft;

use draft::VisibilityDoubt;

use super::leading_heading::{LeadingHeading, leading_heading};
use super::rules::{OF_FRONT_MATTER, OF_LINES, bad_front_matter, missing_field};
use crate::config::{Config, KindId, title_of_file};
use crate::diagnostic::Diagnostic;
use crate::note::{Facts, NotePlace, NoteSpans, Part, RecordPlace, RuleException};
use crate::parse::front_matter::FrontMatterBlock;
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::path::SourcePath;
use crate::slug::fold;
use crate::span::Span;
use crate::table::rules::unknown_key;
use crate::table::{Notation, TableReader, TomlTable};

/// Reads the block of front matter; what is missing there stays empty. If the block was reported because it can't
/// be read as it stands, the guess at it is read.
pub(crate) fn read(
    path: &SourcePath,
    text: &str,
    block: FrontMatterBlock,
    place: NotePlace,
    kind: KindId,
    config: &Config,
    out: &mut Vec<Diagnostic>,
) -> FrontMatterFields {
    let inherits = place.language != *config.language();
    let notation = block.notation;
    if let Some(guess) = &block.guess {
        let reported = out.last().map_or(Span::default(), |found| found.span);
        let mut unsaid = Vec::new();
        let reader = TableReader::new(path, block.range.start, &mut unsaid);
        let mut reader = reader.in_notation(notation).gathering_others();
        let mut draft = reader.parse(guess, &bad_front_matter::RULE, |reader, table| {
            FactsDraft::read(reader, table, config, kind, inherits)
        });
        let is_clear = !guess.is_empty() && !unsaid.iter().any(Diagnostic::is_error);
        draft.doubt = (!is_clear)
            .then_some(VisibilityDoubt { rules: &[&bad_front_matter::RULE], at: reported });
        draft.hold_back(config, kind, out);
        return draft.fields(place, kind, config, Some(reported));
    }
    let has_block = block.body > block.range.end;
    let start = block.range.start as u32;
    let broken_before = out.iter().any(Diagnostic::is_error);
    let reader = TableReader::new(path, block.range.start, out);
    let mut reader = reader.in_notation(notation).gathering_others();
    let mut draft = reader.parse(&text[block.range], &bad_front_matter::RULE, |reader, table| {
        FactsDraft::read(reader, table, config, kind, inherits)
    });
    if draft.title.is_none() && !draft.has_title && reader.is_whole() && !broken_before {
        if let Some(LeadingHeading { title, range }) = leading_heading(&text[block.body..]) {
            let span = Span::shifted(range.clone(), block.body);
            draft.title = Some((title, span));
            draft.text_start = Some(block.body + range.end);
        } else if has_block && notation == Notation::Toml {
            let help = match draft.title_span {
                Some(_) => "write the title between the quotes",
                None => "add a line between the +++ lines: title = \"…\"",
            };
            let at = draft.title_span.unwrap_or_default();
            let diagnostic = reader.report(at, &missing_field::RULE, "the note has no title");
            diagnostic.help.push(help.to_owned());
        } else if let Some(title) = title_from_path(&place, config) {
            draft.title = Some((title, Span::default()));
        }
    }
    if draft.spans.record_place.is_none() && reader.is_whole() && !broken_before {
        let place = if has_block { RecordPlace::Top } else { RecordPlace::NewFrontMatter };
        draft.spans.record_place = Some(place(start));
    }
    for (key, span) in reader.into_others() {
        let allowed = (&unknown_key::RULE, &unknown_key::ALLOW);
        if !config.check.has_name(allowed.0, allowed.1, &fold(&key)) {
            draft.other_keys.push(key);
            draft.spans.other_keys.push(span);
        }
    }
    draft.hold_back(config, kind, out);
    draft.fields(place, kind, config, None)
}

/// Returns a title made of the name of a file. The page of a folder is called like the folder, and the home page like
/// the book.
fn title_from_path(place: &NotePlace, config: &Config) -> Option<String> {
    let title = match place.path.rsplit('/').next().unwrap_or_default() {
        "" => config.title_in(&place.language).to_owned(),
        stem => title_of_file(stem),
    };
    (!title.trim().is_empty()).then_some(title)
}

/// The content of the front matter.
pub(crate) struct FrontMatterFields {
    pub(crate) facts: Facts,
    pub(crate) parts: Vec<Part>,
    pub(crate) spans: NoteSpans,
    pub(crate) exceptions: Vec<RuleException>,
    /// The place at which the text goes on behind a heading that is the title.
    pub(crate) text_start: Option<usize>,
}

impl FactsDraft {
    /// Reads the table of a note of `kind`. A translation `inherits` what it does not say.
    fn read<'k>(
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, 'k>,
        config: &'k Config,
        kind: KindId,
        inherits: bool,
    ) -> Self {
        let mut draft = Self { inherits, ..Self::default() };
        let fields = &config.kind(kind).fields;
        draft.common(reader, table, fields, config.rules);
        draft.own(reader, table, fields);
        draft.check(reader, table, config, kind);
        draft.look_for_doubts(reader, table, config, kind);
        draft
    }

    /// Runs the rules over front matter.
    fn check(
        &mut self,
        reader: &mut TableReader<'_>,
        table: &TomlTable<'_, '_>,
        config: &Config,
        kind: KindId,
    ) {
        let place = self.status_span.or(self.title.as_ref().map(|title| title.1));
        let place = place.unwrap_or(Span { start: table.span.start, end: table.span.start });
        let note = FrontMatterContext { draft: self, config, kind, place };
        OF_LINES.iter().for_each(|rule| rule(&note, reader));
        if reader.is_whole() {
            OF_FRONT_MATTER.iter().for_each(|rule| rule(&note, reader));
            self.check_withdrawn(reader, place);
        }
    }
}
