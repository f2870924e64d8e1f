//! A note after parsing: [`Facts`], which other pages may show, and [`Body`], its own text.

mod body;
mod card;
mod locator;
mod part;
mod place;
mod target;
mod version;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

pub(crate) use body::exact;
pub use body::{Body, BodySection, CodeBlock, Hole, HoleKind, ListKind, NotePart, NumberedPart};
pub(crate) use card::state_of;
pub use card::{NoteCard, StatusDetails, TranslationDetails};
pub use locator::{Locator, LocatorPiece, PlaceName};
pub use part::{Part, PartBlock, PartHash, PartPlace, RecordedPart};
use place::source_at;
pub use place::{NotePlace, Origin, bare, kind, place};
pub(crate) use target::key;
pub use target::{Excerpt, Fragment, LinkRole, LinkTarget, NoteLink, PartName};
pub use version::{inherit, untranslated, version_source};

use crate::collation::SortKey;
use crate::config::KindId;
pub use crate::config::Status;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Rule};
use crate::fingerprint::Hashed;
use crate::language::Language;
use crate::path::{OutputPath, SourcePath};
use crate::span::Span;
use crate::template::SharedValue;
use crate::token::WordCounts;

/// The index of a note in the list of all notes. It holds only for one state of the book and is
/// never shown: across states, a note is identified by its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub u32);

impl NoteId {
    /// Returns the index into the list of all notes.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The most names of a note that are compared one by one, which costs less than a set.
const MAX_SCANNED_NAMES: usize = 8;

/// One note, read from one file.
#[derive(Debug)]
pub struct Note {
    /// The source file.
    pub source: SourcePath,
    /// The data that other pages may show.
    pub facts: Facts,
    /// The text, which a language without a translation shares.
    pub body: Arc<Body>,
    /// The sentence around each of [`Facts::links`]. Only the pages that the links lead to show it, so it is no fact.
    pub excerpts: Arc<[Hashed<Excerpt>]>,
    /// The parts that translators work on, in their order; none in a book of one language. They aren't facts: their
    /// positions move with every keystroke.
    pub parts: Arc<[Part]>,
    /// The words by which search finds the note, once they are counted.
    pub words: OnceLock<WordCounts>,
    /// The names of the note in lower case, once they are needed.
    pub(crate) small_names: OnceLock<BTreeSet<String>>,
    /// The rules that the note breaks on purpose.
    pub exceptions: Vec<RuleException>,
    /// The notes that this one is made of: the version that a page shows that was not translated, or the original and
    /// the translation as read. Empty for all others.
    pub(crate) made_of: Vec<Arc<Note>>,
    /// The keys of the values that a translation has otherwise than its original, and that do not count.
    pub differing: Vec<String>,
    /// Positions in the file. They move with every keystroke, so they aren't facts.
    pub spans: NoteSpans,
    /// The problems that the note has by itself.
    pub diagnostics: Vec<Diagnostic>,
}

impl Note {
    /// Returns the words of the note, which are counted before the index is built.
    pub fn terms(&self) -> &WordCounts {
        self.words.get().expect("the words of a note are counted before the index is made")
    }

    /// Returns whether readers call the note by this name, ignoring case.
    pub fn is_called(&self, name: &str) -> bool {
        let small = name.to_lowercase();
        let names = self.facts.other_names().chain([self.facts.card.title.as_str()]);
        let mut names = names.map(str::to_lowercase);
        if self.facts.names.len() <= MAX_SCANNED_NAMES {
            names.any(|name| name == small)
        } else {
            self.small_names.get_or_init(|| names.collect()).contains(&small)
        }
    }
}

/// The data of a note that other notes can depend on. If it is equal before and after an edit, no
/// other page can change, except those that embed its text. It holds no offsets.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The kind of the note.
    pub kind: KindId,
    /// The path, language and output of the note.
    pub place: NotePlace,
    /// The data that other pages show of the note.
    pub card: SharedValue<NoteCard>,
    /// The names that a link may use, besides the path.
    pub names: Vec<NoteName>,
    /// Other words by which readers search for the note. They are not shown, and no link may use them.
    pub also: Vec<String>,
    /// Former addresses of the page.
    pub redirects: Vec<OutputPath>,
    /// Headings, in their order.
    pub headings: Vec<Heading>,
    /// Every other anchor: block ids, numbered paragraphs, entries of numbered lists, ids of raw HTML.
    pub anchors: Vec<Box<str>>,
    /// The parts that have numbers: paragraphs, and entries of numbered lists below headings.
    pub numbered: Vec<NumberedPart>,
    /// The unresolved links of the text, in the order of the text.
    pub links: Vec<NoteLink>,
    /// The unresolved references of the front matter: those of `supersedes`, those of `sources`,
    /// then those of each field of the kind, in the order of the fields.
    pub references: Vec<Reference>,
    /// The values of the other fields of the kind, in the order of the fields.
    pub values: Vec<FieldValue>,
    /// The sources that the note cites.
    pub sources: Vec<Citation>,
    /// Changes that readers are told of.
    pub changes: Vec<NoteChange>,
    /// The date of the latest of `changes`.
    pub last_change: Option<Date>,
    /// Details that belong to the status.
    pub standing: StatusDetails,
    /// Its standing as a translation, who made it and when.
    pub translation: Option<Box<TranslationDetails>>,
    /// The parts of the original from which it was translated, if it recorded them.
    pub recorded: Option<Arc<[RecordedPart]>>,
    /// The date by which the note should be reviewed.
    pub review_by: Option<Date>,
    /// The date on which it was last checked against its sources.
    pub reviewed_on: Option<Date>,
    /// The date on which it was published.
    pub published: Option<Date>,
    /// Its name as it stands within a sentence, if that differs from its title.
    pub in_sentence: Option<String>,
    /// The position in a list ordered by hand.
    pub order: Option<i64>,
    /// True if the first mentions of glossary terms become links.
    pub marks_terms: bool,
    /// The keys of the front matter that nothing reads.
    pub other_keys: Vec<Box<str>>,
    /// The place of the title in lists of its language.
    pub sort_key: SortKey,
    /// The origin of the note.
    pub origin: Origin,
}

/// A name of a note: its file stem, its title, or an alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteName {
    /// The name as written.
    pub written: String,
    /// The name in the form in which names are compared.
    pub key: String,
}

/// A heading of a note.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Heading {
    /// The level, from 1 to 6.
    pub level: u8,
    /// The id, unique on the page.
    pub anchor: Box<str>,
    /// The text, without markup.
    pub text: String,
    /// The slug of the text, which links may use.
    #[serde(skip)]
    pub slug: Box<str>,
}

/// A reference in the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The field that holds the reference. A field that infers counts as the one to which it adds notes.
    pub field: RefField,
    /// True if the reference is the book's own reading, and not what its source says.
    pub inferred: bool,
    /// The target, unresolved.
    pub target: LinkTarget,
}

/// A field that points at notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefField {
    /// The field of the note's kind with this index.
    Own(u16),
    /// `supersedes`, which every note may have.
    Supersedes,
    /// `sources`, which every note may have.
    Sources,
}

impl RefField {
    /// Returns the place of its references among those of a note.
    pub fn rank(self) -> u32 {
        match self {
            Self::Supersedes => 0,
            Self::Sources => 1,
            Self::Own(at) => 2 + u32::from(at),
        }
    }
}

/// The values of a field that holds no references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValue {
    /// The index of the field in its kind.
    pub field: u16,
    /// The values as text; dates in ISO 8601, booleans as `true` or `false`.
    pub items: Vec<String>,
    /// The language of these texts, if it is another than that of the note: that of the original of a translation.
    pub language: Option<Language>,
}

/// A source that a note cites.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    /// The index in [`Facts::references`], if the source is a note.
    pub reference: Option<u32>,
    /// The title, if the source is not a note.
    pub title: Option<String>,
    /// The address elsewhere.
    pub url: Option<String>,
    /// The place in the source, such as a page or a paragraph.
    pub locator: Option<Locator>,
    /// The date on which the source was consulted.
    pub accessed: Option<Date>,
    /// The language of its texts, if it is another than that of the note: that of the original of a translation.
    pub language: Option<Language>,
}

/// A change of a note that its readers are told of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct NoteChange {
    /// The date of the change.
    pub date: Date,
    /// The weight of the change: `editorial`, `substantive` or `conclusion`.
    pub weight: String,
    /// A description of the change.
    pub text: String,
    /// The language of the description, if it is another than that of the note: that of the original of a translation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// A rule that a note breaks on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleException {
    /// The rule.
    pub rule: &'static Rule,
    /// The reason the writer gives.
    pub reason: String,
    /// The position of the exception in the file.
    pub span: Span,
    /// The position of the whole part of the front matter, if it is known.
    pub whole: Option<Span>,
}

impl RuleException {
    /// Extends the whole part to the end of its last line in `text`, break included.
    pub fn to_end_of_line(&mut self, text: &str) {
        if let Some(whole) = &mut self.whole {
            let rest = text.get(whole.end as usize..).unwrap_or_default();
            let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
            // A remark stays.
            if rest[..length].trim().is_empty() {
                whole.end += length as u32;
            }
        }
    }
}

/// Positions in the file of a note.
#[derive(Clone, Debug, Default)]
pub struct NoteSpans {
    /// The front matter.
    pub front_matter: Span,
    /// The title, or the front matter if it has no title.
    pub title: Span,
    /// The position of each of [`Facts::headings`], with the signs that make it one.
    pub headings: Vec<Span>,
    /// The position of each of [`Facts::links`].
    pub links: Vec<Span>,
    /// The position of the name or path in each of [`Facts::links`]; empty if it is not written there as
    /// it is meant.
    pub targets: Vec<Span>,
    /// The position of each of [`Facts::references`].
    pub references: Vec<Span>,
    /// The position of each of [`Facts::redirects`].
    pub redirects: Vec<Span>,
    /// The position of each of [`Facts::other_keys`].
    pub other_keys: Vec<Span>,
    /// The date for review.
    pub review_by: Span,
    /// The record of the original, if there is one.
    pub recorded: Option<Span>,
    /// The place where a record of the original can be written if there is none; `None` if the front matter can't be read.
    pub record_place: Option<RecordPlace>,
    /// The blocks of the text: the offset of each in the HTML of the body, and in the file.
    pub blocks: Vec<(u32, u32)>,
}

/// A place in a file where a translation can record its original.
#[derive(Clone, Copy, Debug)]
pub enum RecordPlace {
    /// Below the line of the front matter in which the value that ends here stands.
    Below(u32),
    /// The beginning of the front matter, which is here.
    Top(u32),
    /// The beginning of a text without front matter, which is here.
    NewFrontMatter(u32),
}

impl Facts {
    /// Returns the date of the current text: the latest update or change. The date of the note
    /// itself is that of what it describes, so it is not considered.
    pub fn version(&self) -> Option<Date> {
        self.card.updated.max(self.last_change)
    }

    /// Returns the date of the latest change of the page, including a withdrawal.
    pub fn changed(&self) -> Option<Date> {
        self.version().max(self.standing.withdrawn_on)
    }

    /// Returns the indexes of the references in `field`, with those of the field that infers for it.
    pub fn references_in(&self, field: RefField) -> Range<usize> {
        let before = |rest: &Reference| rest.field.rank() < field.rank();
        let start = self.references.partition_point(before);
        let length = self.references[start..].partition_point(|reference| reference.field == field);
        start..start + length
    }

    /// Returns the language of a text of the note, if it is another than that of its page. `own` is that of the text, if
    /// it is another than that of the note.
    pub fn foreign<'a>(&'a self, own: Option<&'a Language>) -> Option<&'a Language> {
        Some(own.unwrap_or(&self.card.language)).filter(|own| **own != self.place.language)
    }

    /// Returns the day by which the note should have been reviewed, if that is past and it was not.
    pub fn review_missed(&self, today: Date) -> Option<Date> {
        let reviewed = |day: &Date| self.reviewed_on.is_some_and(|on| on >= *day);
        self.review_by.filter(|day| day.is_over_by(today) && !reviewed(day))
    }

    /// Returns the names that readers use besides the title. The first of a note's names is the
    /// stem of its file, which only writers use.
    pub fn other_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().skip(1).map(|name| name.written.as_str())
    }
}

impl NoteSpans {
    /// Returns the offset in the file of the block that contains byte `at` of the body's HTML.
    pub fn block_at(&self, at: u32) -> Option<u32> {
        let before = self.blocks.partition_point(|block| block.0 <= at);
        Some(self.blocks[before.checked_sub(1)?].1)
    }
}
