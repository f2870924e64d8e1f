//! The front matter of a note, read against the fields of its kind.

mod doubt;
mod former;
mod life;
mod value;

use std::collections::BTreeSet;

use doubt::VisibilityDoubt;
use former::{UnfitAlias, former};
use value::{change, example, is_empty, not_in_list, unwrap_link, url, value};

use crate::config::{COMMON_KEYS, Config, FieldConfig, FieldShape, KindId, LONGEST_TEXT, label};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, RuleTable};
use crate::fingerprint::SharedValue;
use crate::note::{
    Citation, Facts, FieldValue, LinkTarget, NoteCard, NoteChange, NoteName, NotePlace, NoteSpans,
    Origin, RefField, Reference, RuleException, Status, StatusDetails, exact,
};
use crate::parse::front_matter::FrontMatterBlock;
use crate::parse::rules::{bad_front_matter, missing_field, value_not_in_list};
use crate::path::{OutputPath, SourcePath};
use crate::slug::{fold, sort_key};
use crate::span::Span;
use crate::table::rules::bad_value;
use crate::table::{TableReader, TomlEntry, TomlTable};

/// How long a summary may be, in bytes. A book warns of one that is longer than lists show.
const LONGEST_SUMMARY: usize = 4 * LONGEST_TEXT;

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
        reader.report(at, &missing_field::RULE, message).help.push(help.to_owned());
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
        draft.common(reader, table, fields, config.rules);
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

    /// The keys that every note may have; the same as [`COMMON_KEYS`].
    fn common<'k>(
        &mut self,
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, 'k>,
        fields: &'k [FieldConfig],
        rules: RuleTable,
    ) {
        let [title, summary, date, updated, status, endorsed, withdrawn, ..] = take_common(table);
        self.title = title.and_then(|e| Some((reader.short_text(e, LONGEST_TEXT)?, e.span)));
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let is_misspelt = title.is_none() && table.holds_like("title", &names);
        self.has_title = title.is_some() && self.title.is_none() || is_misspelt;
        self.title_span = title.map(|entry| entry.span);
        self.title = self.title.take().filter(|title| !title.0.trim().is_empty());
        self.summary = summary.and_then(|e| Some((reader.short_text(e, LONGEST_SUMMARY)?, e.span)));
        self.summary = self.summary.take().filter(|summary| !summary.0.trim().is_empty());
        self.date = date.and_then(|entry| reader.date(entry));
        self.updated = updated.and_then(|entry| reader.date(entry));
        self.standing.endorsed_by = endorsed.and_then(|entry| reader.text(entry));
        self.standing.withdrawn_reason = withdrawn.and_then(|entry| reader.text(entry));
        self.standing.withdrawn_on =
            table.take("withdrawn-on").and_then(|entry| reader.date(entry));
        self.standing.comment_until =
            table.take("comment-until").and_then(|entry| reader.date(entry));
        self.standing.comment_to = table.take("comment-to").and_then(|entry| reader.text(entry));
        if let Some(entry) = status {
            self.status = self.read_status(reader, entry);
        }
        if let Some(entry) = table.take("supersedes") {
            self.refer(reader, entry, true, RefField::Supersedes);
        }
        if let Some(entry) = table.take("sources") {
            self.has_sources = !reader.is_empty_list(entry);
            self.read_sources(reader, entry, fields);
        }
        if let Some(entry) = table.take("review-by") {
            self.review_by = reader.date(entry);
            self.spans.review_by = entry.span;
        }
        for entry in table.take("aliases").and_then(|e| reader.list(e)).unwrap_or_default() {
            if let Some(alias) = reader.short_text(entry, LONGEST_TEXT) {
                self.alias(reader, alias, entry.span);
            }
        }
        self.order = table.take("order").and_then(|entry| reader.integer(entry));
        self.hides_terms = table.take("terms").and_then(|entry| reader.flag(entry)) == Some(false);
        for entry in table.take("changes").and_then(|e| reader.list(e)).unwrap_or_default() {
            self.changes.extend(reader.nested(entry, change).flatten());
        }
        for entry in table.take("except").and_then(|e| reader.list(e)).unwrap_or_default() {
            let read = |reader: &mut _, table: &mut _| life::exception(reader, table, rules);
            self.exceptions.extend(reader.nested(entry, read).flatten());
        }
    }

    /// An alias with a slash and without a space is a former address; any other is another name.
    fn alias(&mut self, reader: &mut TableReader<'_>, alias: String, span: Span) {
        if !alias.contains('/') || alias.contains(char::is_whitespace) {
            self.aliases.push(alias);
            return;
        }
        match former(&alias) {
            Ok(output) => {
                self.redirects.push(output);
                self.spans.redirects.push(span);
            }
            Err(UnfitAlias { why, help }) => {
                reader.report(span, &bad_value::RULE, why).help.push(help);
            }
        }
    }

    fn read_status(&mut self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Status {
        let Some(written) = reader.text(entry) else {
            self.doubt(&[&bad_value::RULE], entry.span);
            return Status::default();
        };
        let found = Status::ALL.iter().find(|(name, _)| *name == written);
        let Some((_, status)) = found else {
            not_in_list(reader, entry, &written, Status::ALL.iter().map(|status| status.0));
            self.doubt(&[&value_not_in_list::RULE], entry.span);
            return Status::default();
        };
        self.status_span = Some(entry.span);
        *status
    }

    /// The fields of the note's kind.
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
                    let help = format!("add a line: {}", example(field));
                    let place = Span { start: table.span.start, end: table.span.start };
                    reader.report(place, &missing_field::RULE, message).help.push(help);
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
        if matches!(field.shape, FieldShape::Reference { .. }) {
            let before = self.references.len();
            self.refer(reader, entry, field.many, RefField::Own(at));
            if self.references.len() == before && !reader.is_empty_list(entry) {
                self.unreadable.insert(usize::from(at));
            }
            return;
        }
        let are_words = !matches!(field.shape, FieldShape::Text);
        let entries = match field.many {
            true => reader.list_of(entry, are_words).unwrap_or_default(),
            false => vec![entry],
        };
        let items = entries.into_iter().filter_map(|entry| value(reader, entry, &field.shape));
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

    fn read_sources(
        &mut self,
        reader: &mut TableReader<'_>,
        entry: TomlEntry<'_>,
        fields: &[FieldConfig],
    ) {
        for entry in reader.list(entry).unwrap_or_default() {
            let mut name = None;
            let citation = reader.nested(entry, |reader, table| {
                reader.stray(table, "sources", |key| is_of_note(key, fields));
                let [written, title] = ["ref", "title"].map(|key| table.take(key));
                name = written.and_then(|e| Some((reader.text(e)?, e.span)));
                let citation = Citation {
                    reference: None,
                    title: title.and_then(|entry| reader.text(entry)),
                    url: table.take("url").and_then(|entry| url(reader, entry)),
                    locator: table.take("locator").and_then(|entry| reader.text(entry)),
                    accessed: table.take("accessed").and_then(|entry| reader.date(entry)),
                };
                // One that can't be read was reported, and is not missing.
                if written.is_none() && title.is_none() && reader.is_whole() {
                    let message = "a source has a ref to a note, or a title and a url";
                    let help = "add below [[sources]]: ref = \"…\", or title = \"…\"".to_owned();
                    reader.report(table.span, &missing_field::RULE, message).help.push(help);
                }
                citation
            });
            name = name.filter(|(name, span)| !is_empty(reader, "ref", name, *span));
            let Some(mut citation) = citation else { continue };
            let reference = name.map(|(name, span)| self.refer_to(&name, span, RefField::Sources));
            citation.reference = reference;
            self.sources.push(citation);
        }
    }

    /// The field that says whether the matter is still open, and its word.
    fn state<'f>(&self, fields: &'f [FieldConfig]) -> Option<(&'f FieldConfig, &'f String)> {
        let (at, field) = fields.iter().enumerate().find(|(_, f)| !f.closed.is_empty())?;
        let value = self.values.iter().find(|value| usize::from(value.field) == at)?;
        let FieldShape::OneOf(words) = &field.shape else { return None };
        Some((field, words.iter().find(|word| value.items.contains(word))?))
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

/// Whether a key below `[[sources]]` is one of the note, and none of a source.
fn is_of_note(key: &str, fields: &[FieldConfig]) -> bool {
    let of_source = matches!(key, "title" | "ref" | "url" | "locator" | "accessed");
    !of_source && (COMMON_KEYS.contains(&key) || fields.iter().any(|field| field.name == key))
}

fn take_common<'t>(table: &mut TomlTable<'t, '_>) -> [Option<TomlEntry<'t>>; 7] {
    std::array::from_fn(|at| table.take(COMMON_KEYS[at]))
}
