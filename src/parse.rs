//! A file into a note. Pure, per file, and it never fails: it returns the best note it can, and
//! what it had to say about it.

mod body;
mod destination;
mod fields;
mod file_rule;
mod findings;
mod footer;
pub(crate) mod front_matter;
mod front_matter_rule;
mod leading_heading;
pub mod rules;
mod settings;
mod text;
mod text_checker;
mod text_rule;
pub mod units;

use std::sync::{Arc, OnceLock};

pub(crate) use body::{callout_names, callout_words};
pub use destination::OutsideAddress;
pub use footer::footer;
pub use settings::former_address;
pub(crate) use text::OPTIONS as MARKDOWN;

use crate::config::{Config, Kind};
use crate::diagnostic::{Diagnostic, Level};
use crate::note::{self, Facts, Note, Part, RefField, Reference, exact};
use crate::refused::refused;
use crate::source::Source;
use crate::span::{LineIndex, Span};
use crate::token::{NameWeight, WordCounter, WordCounts, WordWeight};
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
    let mut block = front_matter::split(&source.path, text, &mut diagnostics);
    if source.text().is_none() {
        block.guess = Some(String::new());
    }
    let (front_matter, body_start) = (Span::from(block.range.clone()), block.body);
    let FrontMatterFields { mut facts, mut parts, mut spans, mut exceptions, text_start } =
        fields::read(&source.path, text, block, place, kind, config, &mut diagnostics);
    let body_start = text_start.unwrap_or(body_start);
    let title = facts.card.title.clone();
    let kept = body::BodyOptions {
        numbers: config.kind(kind).numbered,
        check: &config.check,
        title: &title,
        lead: facts.card.summary.is_none(),
        prose: facts.marks_terms
            && config.kinds().any(|(_, kind)| kind.features.glossary.is_some()),
        parts: config.languages.len() > 1,
    };
    let words = with_words.then(|| WordCounter::new(&facts.place.language));
    let body = body::read(&source.path, text, body_start, kept, words, &mut diagnostics);
    facts.headings = exact(body.headings);
    facts.anchors = exact(body.anchors);
    facts.numbered = exact(body.numbered);
    facts.links = exact(body.links);
    parts.extend(body.parts);
    number_lines(&mut parts, text);
    spans.front_matter = front_matter;
    exceptions.iter_mut().for_each(|exception| exception.to_end_of_line(text));
    spans.headings = exact(body.heading_spans);
    spans.links = exact(body.link_spans);
    spans.targets = exact(body.target_spans);
    spans.references = exact(spans.references);
    spans.blocks = exact(body.blocks);
    // A rule that is off has nothing to say, of however many notes.
    diagnostics.retain(|found| config.check.level(found.rule, Some(kind)) != Level::Off);
    diagnostics.sort();
    let words = body.words.map(|words| terms(words, &facts, config.kind(kind)));
    let words = words.map_or_else(OnceLock::new, OnceLock::from);
    let (path, small_names) = (source.path.clone(), OnceLock::new());
    Note {
        source: path,
        facts,
        body: Arc::new(body.body),
        excerpts: body.excerpts.into(),
        parts: parts.into(),
        words,
        small_names,
        exceptions,
        made_of: Vec::new(),
        differing: Vec::new(),
        spans,
        diagnostics,
    }
}

/// Gives each part the number of its line.
fn number_lines(parts: &mut [Part], text: &str) {
    if !parts.is_empty() {
        let lines = LineIndex::new(text);
        for part in parts {
            part.line = lines.line_around(text, part.span.start as usize).0 as u32;
        }
    }
}

/// Returns the words of a note: those of its text, which are counted, and those of its facts.
fn terms(mut words: WordCounter, facts: &Facts, kind: &Kind) -> WordCounts {
    let card = &facts.card;
    words.add(card.summary.as_deref().unwrap_or_default(), WordWeight::Summary);
    words.add(&facts.place.folder, WordWeight::Text);
    words.add(&facts.place.path[facts.place.folder.len()..], WordWeight::FileName);
    words.add(&kind.title, WordWeight::Field);
    words.add(&kind.plural, WordWeight::Field);
    for heading in &facts.headings {
        words.add(&heading.text, WordWeight::Heading);
    }
    // A number that stands before a paragraph is no part of its text.
    for paragraph in facts.numbered.iter().filter(|part| part.below.is_none()) {
        words.add(&paragraph.number.to_string(), WordWeight::Text);
    }
    // Readers find by the words that they see.
    let for_readers =
        facts.values.iter().filter(|v| !kind.fields[usize::from(v.field)].for_editors);
    for value in for_readers {
        let field_type = kind.fields[usize::from(value.field)].shape.as_type();
        for item in &value.items {
            words.add(field_type.search_text(item), WordWeight::Field);
        }
    }
    // The words by which it names other notes: who is asked, and about what. The titles of those notes would say more,
    // but the words of a note follow from its file alone.
    let is_for_readers = |reference: &&Reference| match reference.field {
        RefField::Own(at) => !kind.fields[usize::from(at)].for_editors,
        RefField::Supersedes | RefField::Sources => false,
    };
    for reference in facts.references.iter().filter(is_for_readers) {
        words.add(&reference.target.path, WordWeight::Heading);
    }
    if let Some(date) = card.date {
        words.add(&format!("{:04}", date.year()), WordWeight::Field);
    }
    // The length of the note is known by now.
    words.add_name(&card.title, NameWeight::Title);
    for name in facts.other_names().filter(|name| *name != card.title) {
        words.add_name(name, NameWeight::Alias);
    }
    for name in &facts.also {
        words.add_name(name, NameWeight::Also);
    }
    words.finish()
}
