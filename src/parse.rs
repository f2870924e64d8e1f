//! A file into a note. Pure, per file, and it never fails: it returns the best note it can, and
//! what it had to say about it.

mod body;
mod destination;
mod fields;
mod file_rule;
mod findings;
mod footer;
mod front_matter;
mod front_matter_rule;
pub mod rules;
mod text;
mod text_checker;
mod text_rule;

use std::sync::OnceLock;

pub(crate) use body::callout_words;
pub use destination::OutsideAddress;
pub use footer::footer;

use crate::config::{Config, FieldConfig};
use crate::diagnostic::{Diagnostic, Level};
use crate::note::{self, Facts, Note, exact};
use crate::refused::refused;
use crate::source::Source;
use crate::span::Span;
use crate::token::{WordCounter, WordCounts, WordWeight};
use fields::FrontMatterFields;
use file_rule::ParsedFile;

/// Reads one note. A file that is no text makes an empty note, and a diagnostic. Its words are counted
/// only if they are asked for, because that takes nearly as long as all the rest.
pub fn parse(source: &Source, config: &Config, with_words: bool) -> Note {
    let mut diagnostics: Vec<Diagnostic> = refused(source).into_iter().collect();
    let text = source.text().unwrap_or_default();
    let place = note::place(&source.path, config);
    let file = ParsedFile { path: &source.path, place: &place, text, config };
    rules::OF_FILES.iter().for_each(|rule| rule(&file, &mut diagnostics));
    let kind = note::kind(&place, config);
    let own = &config.kind(kind).fields;
    let mut block = front_matter::split(&source.path, text, own, &mut diagnostics);
    if source.text().is_none() {
        block.guess = Some(String::new());
    }
    let (front_matter, body_start) = (Span::from(block.range.clone()), block.body);
    let FrontMatterFields { mut facts, mut spans, mut exceptions } =
        fields::read(&source.path, text, block, place, kind, config, &mut diagnostics);
    let title = facts.card.title.clone();
    let kept = body::BodyOptions {
        numbers: config.kind(kind).numbered,
        check: &config.check,
        title: &title,
        lead: facts.card.summary.is_none(),
        prose: facts.marks_terms
            && config.kinds().any(|(_, kind)| kind.features.glossary.is_some()),
    };
    let words = with_words.then(|| WordCounter::new(&facts.place.language));
    let body = body::read(&source.path, text, body_start, kept, words, &mut diagnostics);
    facts.headings = exact(body.headings);
    facts.anchors = exact(body.anchors);
    facts.links = exact(body.links);
    spans.front_matter = front_matter;
    exceptions.iter_mut().for_each(|exception| exception.to_end_of_line(text));
    spans.links = exact(body.link_spans);
    spans.targets = exact(body.target_spans);
    spans.references = exact(spans.references);
    spans.blocks = exact(body.blocks);
    // A rule that is off has nothing to say, of however many notes.
    diagnostics.retain(|found| config.check.level(found.rule, Some(kind)) != Level::Off);
    diagnostics.sort();
    let fields = &config.kind(kind).fields;
    let words = body.words.map(|words| terms(words, &facts, fields));
    let words = words.map_or_else(OnceLock::new, OnceLock::from);
    let (path, small_names) = (source.path.clone(), OnceLock::new());
    let body = body.body;
    Note { source: path, facts, body, words, small_names, exceptions, spans, diagnostics }
}

/// Returns the words of a note: those of its text, which are counted, and those of its facts.
fn terms(mut words: WordCounter, facts: &Facts, fields: &[FieldConfig]) -> WordCounts {
    let card = &facts.card;
    words.add(&card.title, WordWeight::Title);
    words.name(&card.title);
    words.add(card.summary.as_deref().unwrap_or_default(), WordWeight::Summary);
    for name in facts.names.iter().filter(|name| name.written != card.title) {
        words.add(&name.written, WordWeight::Alias);
        words.name(&name.written);
    }
    words.add(&facts.place.folder, WordWeight::Text);
    for heading in &facts.headings {
        words.add(&heading.text, WordWeight::Heading);
    }
    for value in &facts.values {
        let field_type = fields[usize::from(value.field)].shape.as_type();
        for item in &value.items {
            words.add(field_type.search_text(item), WordWeight::Field);
        }
    }
    words.finish()
}
