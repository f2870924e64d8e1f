//! What front matter says, on its way to the facts of a note.

use std::collections::BTreeSet;

use super::FrontMatterFields;
use super::doubt::VisibilityDoubt;
use crate::config::{Config, FieldConfig, FieldShape, KindId, label};
use crate::date::Date;
use crate::fingerprint::SharedValue;
use crate::note::{
    Citation, Facts, FieldValue, NoteCard, NoteChange, NoteName, NotePlace, NoteSpans, Origin,
    Reference, RuleException, Status, StatusDetails, exact,
};
use crate::path::OutputPath;
use crate::slug::{fold, sort_key};
use crate::span::Span;

/// What was read so far.
#[derive(Default)]
pub(in crate::parse) struct FactsDraft {
    /// Whether a title is there that can't be read, which was reported.
    pub(in crate::parse) has_title: bool,
    pub(in crate::parse) title: Option<(String, Span)>,
    /// The place of a title, be it empty.
    pub(in crate::parse) title_span: Option<Span>,
    pub(in crate::parse) summary: Option<(String, Span)>,
    pub(in crate::parse) date: Option<Date>,
    pub(in crate::parse) updated: Option<Date>,
    pub(in crate::parse) status: Status,
    /// The place of the status, if it is written.
    pub(in crate::parse) status_span: Option<Span>,
    pub(in crate::parse) standing: StatusDetails,
    pub(in crate::parse) review_by: Option<Date>,
    pub(in crate::parse) order: Option<i64>,
    pub(in crate::parse) hides_terms: bool,
    pub(in crate::parse) aliases: Vec<String>,
    pub(in crate::parse) redirects: Vec<OutputPath>,
    pub(in crate::parse) references: Vec<Reference>,
    pub(in crate::parse) values: Vec<FieldValue>,
    pub(in crate::parse) sources: Vec<Citation>,
    /// Whether sources are written, be they readable or not.
    pub(in crate::parse) has_sources: bool,
    /// The fields of the kind that hold something which can't be read, which was reported.
    pub(in crate::parse) unreadable: BTreeSet<usize>,
    pub(in crate::parse) changes: Vec<NoteChange>,
    pub(in crate::parse) exceptions: Vec<RuleException>,
    pub(in crate::parse) spans: NoteSpans,
    /// The reason why nobody can tell whether readers may see the note.
    pub(super) doubt: Option<VisibilityDoubt>,
}

impl FactsDraft {
    /// Returns what was read, all of it `at` one place where nothing stands where it was read.
    pub(super) fn fields(
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
            for exception in &mut exceptions {
                (exception.span, exception.whole) = (at, None);
            }
        }
        FrontMatterFields { facts, spans, exceptions }
    }

    /// Returns the field that says whether the matter is still open, and its word.
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
