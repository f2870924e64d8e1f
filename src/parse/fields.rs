//! The front matter of a note, read against the fields of its kind.

mod common;
mod doubt;
mod draft;
mod former;
mod own;
mod value;

pub(crate) use draft::FactsDraft;

use draft::VisibilityDoubt;

use super::rules::{OF_FRONT_MATTER, OF_LINES, bad_front_matter, missing_field};
use crate::config::{Config, KindId};
use crate::diagnostic::Diagnostic;
use crate::note::{Facts, NotePlace, NoteSpans, RuleException};
use crate::parse::front_matter::FrontMatterBlock;
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::path::SourcePath;
use crate::span::Span;
use crate::table::{TableReader, TomlTable};

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
    if let Some(guess) = &block.guess {
        let reported = out.last().map_or(Span::default(), |found| found.span);
        let mut unsaid = Vec::new();
        let mut reader = TableReader::new(path, block.range.start, &mut unsaid);
        let mut draft = reader.parse(guess, &bad_front_matter::RULE, |reader, table| {
            FactsDraft::read(reader, table, config, kind)
        });
        let is_clear = !guess.is_empty() && !unsaid.iter().any(Diagnostic::is_error);
        draft.doubt = (!is_clear)
            .then_some(VisibilityDoubt { rules: &[&bad_front_matter::RULE], at: reported });
        draft.hold_back(config, kind, out);
        return draft.fields(place, kind, config, Some(reported));
    }
    let (has_block, broken_before) = (block.range.start > 0, out.iter().any(Diagnostic::is_error));
    let mut reader = TableReader::new(path, block.range.start, out);
    let mut draft = reader.parse(&text[block.range], &bad_front_matter::RULE, |reader, table| {
        FactsDraft::read(reader, table, config, kind)
    });
    if draft.title.is_none() && !draft.has_title && reader.is_whole() && !broken_before {
        let message = if has_block {
            "the note has no title"
        } else {
            "the note has no front matter, so it has no title"
        };
        let help = match has_block {
            true if draft.title_span.is_some() => "write the title between the quotes",
            true => "add a line between the +++ lines: title = \"…\"",
            false => "begin the file with three lines: +++, then title = \"…\", then +++",
        };
        let at = draft.title_span.unwrap_or_default();
        reader.report(at, &missing_field::RULE, message).help.push(help.to_owned());
    }
    draft.hold_back(config, kind, out);
    draft.fields(place, kind, config, None)
}

/// The content of the front matter.
pub(crate) struct FrontMatterFields {
    pub(crate) facts: Facts,
    pub(crate) spans: NoteSpans,
    pub(crate) exceptions: Vec<RuleException>,
}

impl FactsDraft {
    /// Reads the table of a note of `kind`.
    fn read<'k>(
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, 'k>,
        config: &'k Config,
        kind: KindId,
    ) -> Self {
        let mut draft = Self::default();
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
