//! The values of front matter, on their way to the facts of a note.

use std::collections::BTreeSet;

use super::FrontMatterFields;
use crate::collation::SortKey;
use crate::config::{Config, KindId};
use crate::date::Date;
use crate::diagnostic::Rule;
use crate::note::{
    Citation, Facts, FieldValue, NoteCard, NoteChange, NoteName, NotePlace, NoteSpans, Origin,
    Part, PartHash, PartPlace, RecordedPart, Reference, RuleException, Status, StatusDetails,
    TranslationDetails, exact, state_of,
};
use crate::path::OutputPath;
use crate::slug::fold;
use crate::span::Span;
use crate::template::SharedValue;

/// Something that can't be read, which was reported as a breach of one of these rules.
pub(crate) struct VisibilityDoubt {
    pub(crate) rules: &'static [&'static Rule],
    pub(crate) at: Span,
}

/// The values that were read so far.
#[derive(Default)]
pub(crate) struct FactsDraft {
    /// True if the note is in another language than the book, so that its original may say what it does not.
    pub(crate) inherits: bool,
    /// The place at which the text goes on behind a heading that is the title.
    pub(crate) text_start: Option<usize>,
    /// True if there is a title that can't be read, which was reported.
    pub(crate) has_title: bool,
    pub(crate) title: Option<(String, Span)>,
    /// The place of a title, be it empty.
    pub(crate) title_span: Option<Span>,
    pub(crate) short: Option<String>,
    pub(crate) also: Vec<String>,
    pub(crate) summary: Option<(String, Span)>,
    pub(crate) date: Option<Date>,
    pub(crate) updated: Option<Date>,
    pub(crate) status: Status,
    /// The place of the status, if it is written.
    pub(crate) status_span: Option<Span>,
    pub(crate) standing: StatusDetails,
    pub(crate) translation: TranslationDetails,
    /// The place of the first key that says of the note that it is a translation.
    pub(crate) translation_span: Option<Span>,
    pub(crate) recorded: Option<Vec<RecordedPart>>,
    pub(crate) review_by: Option<Date>,
    pub(crate) reviewed_on: Option<Date>,
    pub(crate) published: Option<Date>,
    pub(crate) in_sentence: Option<String>,
    pub(crate) order: Option<i64>,
    pub(crate) hides_terms: bool,
    pub(crate) aliases: Vec<String>,
    pub(crate) redirects: Vec<OutputPath>,
    /// An address that the note has in another program, and its place.
    pub(crate) permalink: Option<(OutputPath, Span)>,
    pub(crate) references: Vec<Reference>,
    pub(crate) values: Vec<FieldValue>,
    /// The places of the texts that translations have of their own, with the index of their field.
    pub(crate) texts: Vec<(u16, PartHash, Span)>,
    pub(crate) sources: Vec<Citation>,
    /// The addresses of sources and of fields, with their places.
    pub(crate) addresses: Vec<(String, Span)>,
    /// True if sources are written, readable or not.
    pub(crate) has_sources: bool,
    /// The fields of the kind that hold something which can't be read, which was reported.
    pub(crate) unreadable: BTreeSet<usize>,
    pub(crate) changes: Vec<NoteChange>,
    pub(crate) exceptions: Vec<RuleException>,
    /// Keys that nothing reads.
    pub(crate) other_keys: Vec<Box<str>>,
    pub(crate) spans: NoteSpans,
    /// The reason why nobody can tell whether readers may see the note.
    pub(crate) doubt: Option<VisibilityDoubt>,
}

impl FactsDraft {
    /// Returns what was read, all of it `at` one place where nothing stands where it was read.
    pub(crate) fn fields(
        mut self,
        place: NotePlace,
        kind: KindId,
        config: &Config,
        at: Option<Span>,
    ) -> FrontMatterFields {
        self.spans.title = self.title.as_ref().map_or(Span::default(), |title| title.1);
        let mut parts = if config.languages.len() > 1 { self.parts() } else { Vec::new() };
        let facts = self.facts_of(place, kind, config);
        let Self { mut spans, mut exceptions, text_start, .. } = self;
        if let Some(at) = at {
            parts.iter_mut().for_each(|part| part.span = at);
            (spans.title, spans.review_by) = (at, at);
            (spans.recorded, spans.record_place) = (None, None);
            spans.references.iter_mut().chain(&mut spans.redirects).for_each(|span| *span = at);
            for exception in &mut exceptions {
                (exception.span, exception.whole) = (at, None);
            }
        }
        FrontMatterFields { facts, parts, spans, exceptions, text_start }
    }

    /// Returns the parts that translators work on.
    fn parts(&self) -> Vec<Part> {
        let part = |place, (text, span): &(String, Span)| Part {
            place,
            span: *span,
            line: 0,
            hash: PartHash::of(text),
        };
        // A title that is the name of the file is not written in it.
        let title = self.title.iter().filter(|title| title.1.start < title.1.end);
        let title = title.map(|title| part(PartPlace::Title, title));
        let summary = self.summary.iter().map(|summary| part(PartPlace::Summary, summary));
        let texts = self.texts.iter().map(|(field, hash, span)| Part {
            place: PartPlace::Field(*field),
            span: *span,
            line: 0,
            hash: *hash,
        });
        title.chain(summary).chain(texts).collect()
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
        let (mut redirects, mut spans): (Vec<OutputPath>, Vec<Span>) = (redirects, spans);
        // Other programs leave capital letters out of addresses, which some systems do not tell apart.
        let is_taken = |address: &OutputPath| {
            let small = address.as_str().to_lowercase();
            small == "index.html" || taken.iter().any(|own| own.as_str().to_lowercase() == small)
        };
        if let Some((address, span)) = self.permalink.take().filter(|(to, _)| !is_taken(to)) {
            redirects.push(address);
            spans.push(span);
        }
        self.spans.redirects = spans;
        let sort_key = SortKey::new(&title, &place.language, &place.language);
        let state = state_of(&config.kind_in(kind, &place.language).fields, &self.values);
        let card = NoteCard {
            title,
            short: self.short.take(),
            summary: self.summary.take().map(|summary| summary.0),
            url: place.output.clone(),
            kind: config.kind(kind).name.clone(),
            kind_title: config.kind_in(kind, &place.language).title.clone(),
            status: self.status,
            date: self.date,
            updated: self.updated,
            language: place.language.clone(),
            closed: state.is_some_and(|(field, word)| field.closed.contains(word)),
            state: state.map(|(field, word)| field.shape.as_type().filter_label(word)),
        };
        Facts {
            kind,
            place,
            card: SharedValue::new(card),
            names,
            also: exact(std::mem::take(&mut self.also)),
            redirects,
            headings: Vec::new(),
            anchors: Vec::new(),
            numbered: Vec::new(),
            links: Vec::new(),
            references: exact(std::mem::take(&mut self.references)),
            values: std::mem::take(&mut self.values),
            sources: std::mem::take(&mut self.sources),
            last_change: self.changes.iter().map(|change| change.date).max(),
            changes: std::mem::take(&mut self.changes),
            standing: std::mem::take(&mut self.standing),
            translation: (self.inherits && self.translation != TranslationDetails::default())
                .then(|| Box::new(std::mem::take(&mut self.translation))),
            recorded: self.recorded.take().filter(|_| self.inherits).map(Into::into),
            review_by: self.review_by,
            reviewed_on: self.reviewed_on,
            published: self.published,
            in_sentence: self.in_sentence.take(),
            order: self.order,
            marks_terms: !self.hides_terms,
            other_keys: exact(std::mem::take(&mut self.other_keys)),
            sort_key,
            origin: Origin::File,
        }
    }
}
