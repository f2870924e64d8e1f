//! The front matter of a note, read against the fields of its kind.

mod common;
mod doubt;
mod former;
mod life;
mod value;

use std::collections::BTreeSet;

use doubt::VisibilityDoubt;
use value::{is_empty, unwrap_link};

use crate::config::{Config, FieldConfig, KindId, label};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::fingerprint::SharedValue;
use crate::note::{
    Citation, Facts, FieldValue, LinkTarget, NoteCard, NoteChange, NoteName, NotePlace, NoteSpans,
    Origin, RefField, Reference, RuleException, Status, StatusDetails, exact,
};
use crate::parse::front_matter::FrontMatterBlock;
use crate::path::{OutputPath, SourcePath};
use crate::slug::{fold, sort_key};
use crate::span::Span;
use crate::table::{TableReader, TomlEntry, TomlTable};

/// Reads the block of front matter; what is missing there stays empty. Of one that was reported, because it
/// can't be read as it stands, what could be made of it is taken.
pub(super) fn read(
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
        let mut draft = reader.parse(guess, Code::BadFrontMatter, |reader, table| {
            FactsDraft::read(reader, table, config, kind)
        });
        let is_clear = !guess.is_empty() && !unsaid.iter().any(Diagnostic::is_error);
        draft.doubt =
            (!is_clear).then_some(VisibilityDoubt { codes: &[Code::BadFrontMatter], at: reported });
        draft.hold_back(config, kind, out);
        return draft.fields(place, kind, config, Some(reported));
    }
    let (has_block, broken_before) = (block.range.start > 0, out.iter().any(Diagnostic::is_error));
    let mut reader = TableReader::new(path, block.range.start, out);
    let mut draft = reader.parse(&text[block.range], Code::BadFrontMatter, |reader, table| {
        FactsDraft::read(reader, table, config, kind)
    });
    if draft.title.is_none() && !draft.has_title && reader.is_whole() && !broken_before {
        let message = match has_block {
            true => "the note has no title",
            false => "the note has no front matter, so it has no title",
        };
        let help = match has_block {
            true if draft.title_span.is_some() => "write the title between the quotes",
            true => "add a line between the +++ lines: title = \"…\"",
            false => "begin the file with three lines: +++, then title = \"…\", then +++",
        };
        let at = draft.title_span.unwrap_or_default();
        reader.report(at, Code::MissingField, message).help.push(help.to_owned());
    }
    draft.hold_back(config, kind, out);
    draft.fields(place, kind, config, None)
}

/// What the front matter says.
pub(super) struct FrontMatterFields {
    pub(super) facts: Facts,
    pub(super) spans: NoteSpans,
    pub(super) exceptions: Vec<RuleException>,
}

#[derive(Default)]
struct FactsDraft {
    /// Whether a title is there that can't be read, which was reported.
    has_title: bool,
    title: Option<(String, Span)>,
    /// Where a title stands, be it empty.
    title_span: Option<Span>,
    summary: Option<(String, Span)>,
    date: Option<Date>,
    updated: Option<Date>,
    status: Status,
    /// Where the status stands, if it is written.
    status_span: Option<Span>,
    standing: StatusDetails,
    review_by: Option<Date>,
    order: Option<i64>,
    hides_terms: bool,
    aliases: Vec<String>,
    redirects: Vec<OutputPath>,
    references: Vec<Reference>,
    values: Vec<FieldValue>,
    sources: Vec<Citation>,
    /// Whether sources are written, be they readable or not.
    has_sources: bool,
    /// The fields of the kind that hold something which can't be read, which was reported.
    unreadable: BTreeSet<usize>,
    changes: Vec<NoteChange>,
    exceptions: Vec<RuleException>,
    spans: NoteSpans,
    /// Why nobody can tell whether readers may see the note.
    doubt: Option<VisibilityDoubt>,
}

impl FactsDraft {
    /// Returns what a table says of a note of `kind`.
    fn read<'k>(
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, 'k>,
        config: &'k Config,
        kind: KindId,
    ) -> Self {
        let mut draft = Self::default();
        let fields = &config.kind(kind).fields;
        draft.common(reader, table, fields);
        draft.own(reader, table, fields);
        draft.life(reader, table, config, kind);
        draft.look_for_doubts(reader, table, config, kind);
        draft
    }

    /// Returns what was read, all of it `at` one place where nothing stands where it was read.
    fn fields(
        mut self,
        place: NotePlace,
        kind: KindId,
        config: &Config,
        at: Option<Span>,
    ) -> FrontMatterFields {
        self.spans.title = self.title.as_ref().map_or(Span::default(), |title| title.1);
        let facts = self.facts_of(place, kind, config);
        let Self { mut spans, mut exceptions, .. } = self;
        if let Some(at) = at {
            (spans.title, spans.review_by) = (at, at);
            spans.references.iter_mut().chain(&mut spans.redirects).for_each(|span| *span = at);
            exceptions.iter_mut().for_each(|exception| exception.span = at);
        }
        FrontMatterFields { facts, spans, exceptions }
    }

    /// Reads the fields of the note's kind.
    fn own<'k>(
        &mut self,
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, 'k>,
        fields: &'k [FieldConfig],
    ) {
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        for (at, field) in fields.iter().enumerate() {
            match table.take(&field.name) {
                Some(entry) if !(field.required && reader.is_empty_list(entry)) => {
                    self.field(reader, entry, at as u16, field);
                }
                // It may be there under a name that is reported as unknown.
                _ if reader.has_strayed(&field.name) || table.holds_like(&field.name, &names) => {}
                _ if field.required && reader.is_whole() => {
                    let message = format!("the note has no \"{}\"", field.name);
                    let help = format!("add a line: {}", field.line());
                    let place = Span { start: table.span.start, end: table.span.start };
                    reader.report(place, Code::MissingField, message).help.push(help);
                }
                _ => {}
            }
        }
    }

    fn field(
        &mut self,
        reader: &mut TableReader<'_>,
        entry: TomlEntry<'_>,
        at: u16,
        field: &FieldConfig,
    ) {
        if field.shape.as_reference().is_some() {
            let before = self.references.len();
            self.refer(reader, entry, field.many, RefField::Own(at));
            if self.references.len() == before && !reader.is_empty_list(entry) {
                self.unreadable.insert(usize::from(at));
            }
            return;
        }
        let field_type = field.shape.as_type();
        let entries = match field.many {
            true => reader.list_of(entry, field_type.is_parted_by_commas()).unwrap_or_default(),
            false => vec![entry],
        };
        let items = entries.into_iter().filter_map(|entry| field_type.read(reader, entry));
        let items: Vec<String> = items.collect();
        match items.is_empty() {
            true => drop(self.unreadable.insert(usize::from(at))),
            false => self.values.push(FieldValue { field: at, items }),
        }
    }

    fn refer(
        &mut self,
        reader: &mut TableReader<'_>,
        entry: TomlEntry<'_>,
        many: bool,
        field: RefField,
    ) {
        let names = match many {
            true => reader.texts(entry),
            false => reader.text(entry).map(|name| (name, entry.span)).into_iter().collect(),
        };
        for (name, span) in names {
            if !is_empty(reader, entry.key, &name, span) {
                self.refer_to(&name, span, field);
            }
        }
    }

    fn refer_to(&mut self, name: &str, span: Span, field: RefField) -> u32 {
        self.references.push(Reference { field, target: LinkTarget::plain(unwrap_link(name)) });
        self.spans.references.push(span);
        self.references.len() as u32 - 1
    }

    /// Returns the field that says whether the matter is still open, and its word.
    fn state<'f>(&self, fields: &'f [FieldConfig]) -> Option<(&'f FieldConfig, &'f String)> {
        let (at, field) = fields.iter().enumerate().find(|(_, f)| !f.closed.is_empty())?;
        let value = self.values.iter().find(|value| usize::from(value.field) == at)?;
        Some((field, field.words().iter().find(|word| value.items.contains(word))?))
    }

    fn facts_of(&mut self, place: NotePlace, kind: KindId, config: &Config) -> Facts {
        let stem = place.path.rsplit('/').next().unwrap_or_default().to_owned();
        let title = self.title.take().map_or_else(|| stem.clone(), |title| title.0);
        let aliases = std::mem::take(&mut self.aliases);
        let mut names: Vec<NoteName> = Vec::new();
        let mut keys = BTreeSet::new();
        for (at, written) in [stem, title.clone()].into_iter().chain(aliases).enumerate() {
            let key = fold(&written);
            // Readers may write the name of the file in a way of their own: `oda.md` is "ODA".
            if !key.is_empty() && (at == 0 || keys.insert(key.clone())) {
                names.push(NoteName { written, key });
            }
        }
        // The note's own address, and one that is written twice, need no page.
        let mut taken = BTreeSet::from([place.output.clone()]);
        let (redirects, spans) = std::iter::zip(
            std::mem::take(&mut self.redirects),
            std::mem::take(&mut self.spans.redirects),
        )
        .filter(|(redirect, _)| taken.insert(redirect.clone()))
        .unzip();
        self.spans.redirects = spans;
        let sort_key = sort_key(&title);
        let state = self.state(&config.kind(kind).fields);
        let card = NoteCard {
            title,
            summary: self.summary.take().map(|summary| summary.0),
            url: place.output.clone(),
            kind: config.kind(kind).name.clone(),
            kind_title: config.kind(kind).title.clone(),
            status: self.status,
            date: self.date,
            updated: self.updated,
            language: place.language.clone(),
            closed: state.is_some_and(|(field, word)| field.closed.contains(word)),
            state: state.map(|(_, word)| label(word)),
        };
        Facts {
            kind,
            place,
            card: SharedValue::new(card),
            names,
            redirects,
            headings: Vec::new(),
            anchors: Vec::new(),
            links: Vec::new(),
            references: exact(std::mem::take(&mut self.references)),
            values: std::mem::take(&mut self.values),
            sources: std::mem::take(&mut self.sources),
            last_change: self.changes.iter().map(|change| change.date).max(),
            changes: std::mem::take(&mut self.changes),
            standing: std::mem::take(&mut self.standing),
            review_by: self.review_by,
            order: self.order,
            marks_terms: !self.hides_terms,
            sort_key,
            origin: Origin::File,
        }
    }
}
