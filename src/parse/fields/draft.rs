//! The values of front matter, on their way to the facts of a note.

use std::collections::BTreeSet;

use super::FrontMatterFields;
use crate::config::{Config, FieldConfig, KindId, label};
use crate::date::Date;
use crate::diagnostic::Rule;
use crate::fingerprint::SharedValue;
use crate::note::{
    Citation, Facts, FieldValue, NoteCard, NoteChange, NoteName, NotePlace, NoteSpans, Origin,
    Reference, RuleException, Status, StatusDetails, exact,
};
use crate::path::OutputPath;
use crate::slug::{fold, sort_key};
use crate::span::Span;

/// Something that can't be read, which was reported as a breach of one of these rules.
pub(crate) struct VisibilityDoubt {
    pub(crate) rules: &'static [&'static Rule],
    pub(crate) at: Span,
}

/// The values that were read so far.
#[derive(Default)]
pub(crate) struct FactsDraft {
    /// True if there is a title that can't be read, which was reported.
    pub(crate) has_title: bool,
    pub(crate) title: Option<(String, Span)>,
    /// The place of a title, be it empty.
    pub(crate) title_span: Option<Span>,
    pub(crate) summary: Option<(String, Span)>,
    pub(crate) date: Option<Date>,
    pub(crate) updated: Option<Date>,
    pub(crate) status: Status,
    /// The place of the status, if it is written.
    pub(crate) status_span: Option<Span>,
    pub(crate) standing: StatusDetails,
    pub(crate) review_by: Option<Date>,
    pub(crate) order: Option<i64>,
    pub(crate) hides_terms: bool,
    pub(crate) aliases: Vec<String>,
    pub(crate) redirects: Vec<OutputPath>,
    pub(crate) references: Vec<Reference>,
    pub(crate) values: Vec<FieldValue>,
    pub(crate) sources: Vec<Citation>,
    /// True if sources are written, readable or not.
    pub(crate) has_sources: bool,
    /// The fields of the kind that hold something which can't be read, which was reported.
    pub(crate) unreadable: BTreeSet<usize>,
    pub(crate) changes: Vec<NoteChange>,
    pub(crate) exceptions: Vec<RuleException>,
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
