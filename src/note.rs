//! A note as parsed: [`Facts`], which other pages may show, and [`Body`], which is its own text.

mod body;
mod place;
mod target;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

pub(crate) use body::exact;
pub use body::{Body, BodySection, CodeBlock, Hole, HoleKind, ListKind};
pub use place::{bare, kind, place};
pub(crate) use target::key;
pub use target::{Excerpt, Fragment, LinkRole, LinkTarget, NoteLink, PartName};

use crate::config::KindId;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Rule};
use crate::fingerprint::SharedValue;
use crate::language::Language;
use crate::path::{OutputPath, SourcePath};
use crate::span::Span;
use crate::token::WordCounts;

/// The place of a note in the list of all notes. It is never kept across a change of the book, and
/// never shown: paths identify, places index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub u32);

impl NoteId {
    /// The place as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// So few names of a note are looked at one by one, which costs less.
const FEW: usize = 8;

/// One note, read from one file.
#[derive(Debug)]
pub struct Note {
    /// The file.
    pub source: SourcePath,
    /// What other pages may show of it.
    pub facts: Facts,
    /// Its text.
    pub body: Body,
    /// Its words, by which it is found, once they are counted.
    pub words: OnceLock<WordCounts>,
    /// What it is called in small letters, once somebody asked.
    pub(crate) small_names: OnceLock<BTreeSet<String>>,
    /// The rules it is an exception from.
    pub exceptions: Vec<RuleException>,
    /// Where things stand in the file; these move with every keystroke, so they are no facts.
    pub spans: NoteSpans,
    /// What is wrong with it by itself.
    pub diagnostics: Vec<Diagnostic>,
}

impl Note {
    /// Its words, which are counted before the index is made.
    pub fn terms(&self) -> &WordCounts {
        self.words.get().expect("the words of a note are counted before the index is made")
    }

    /// Whether readers call it so, but for capitals.
    pub fn is_called(&self, name: &str) -> bool {
        let small = name.to_lowercase();
        let names = self.facts.other_names().chain([self.facts.card.title.as_str()]);
        let mut names = names.map(str::to_lowercase);
        match self.facts.names.len() <= FEW {
            true => names.any(|name| name == small),
            false => self.small_names.get_or_init(|| names.collect()).contains(&small),
        }
    }
}

/// What a note is to the others. If this is equal before and after an edit, no other page can
/// change. It holds no offsets.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Its kind.
    pub kind: KindId,
    /// Where it is.
    pub place: NotePlace,
    /// What other pages show of it.
    pub card: SharedValue<NoteCard>,
    /// What a link may call it, besides its path.
    pub names: Vec<NoteName>,
    /// Its former addresses.
    pub redirects: Vec<OutputPath>,
    /// Its headings.
    pub headings: Vec<Heading>,
    /// Every other anchor: block ids, numbered paragraphs, ids of raw HTML.
    pub anchors: Vec<Box<str>>,
    /// The links of its text, unresolved, in the order of the text.
    pub links: Vec<NoteLink>,
    /// The references of its front matter, unresolved: those of `supersedes`, those of `sources`, then
    /// those of each field of the kind in their order.
    pub references: Vec<Reference>,
    /// The values of the other fields of its kind, in the order of the fields.
    pub values: Vec<FieldValue>,
    /// What it rests on.
    pub sources: Vec<Citation>,
    /// What changed in it.
    pub changes: Vec<NoteChange>,
    /// The date of the last of its changes.
    pub last_change: Option<Date>,
    /// What goes with its status.
    pub standing: StatusDetails,
    /// When it should be looked at again.
    pub review_by: Option<Date>,
    /// Its place in a list ordered by hand.
    pub order: Option<i64>,
    /// Whether the terms of the glossary are linked where it first mentions them.
    pub marks_terms: bool,
    /// Its title as titles are sorted.
    pub sort_key: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a note comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File,
    /// An open field that named it.
    OpenField,
    /// A folder of notes that has no `index.md`.
    Folder,
}

/// Where a note is: its path below `content/`, its language, and the file it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NotePlace {
    /// The path without ending or language; empty for the home page.
    pub path: Arc<str>,
    /// The folder that relative links of the note start from.
    pub folder: Arc<str>,
    /// The language.
    pub language: Language,
    /// The page.
    pub output: OutputPath,
    /// `path` as notes are looked up.
    pub key: Box<str>,
    /// `folder` as notes are looked up.
    pub folder_key: Box<str>,
}

impl NotePlace {
    /// Whether the page stands for its whole folder.
    pub fn is_index(&self) -> bool {
        self.output.address().is_empty() || self.output.address().ends_with('/')
    }
}

/// What other pages show of a note.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct NoteCard {
    /// The title.
    pub title: String,
    /// What it says, in a sentence.
    pub summary: Option<String>,
    /// The page, from the top of the site.
    pub url: OutputPath,
    /// The name of the kind.
    pub kind: String,
    /// What readers call one note of the kind.
    pub kind_title: String,
    /// How far it may be relied on.
    pub status: Status,
    /// When what it describes happened, or when it was written.
    pub date: Option<Date>,
    /// When it last changed.
    pub updated: Option<Date>,
    /// The language of its text.
    pub language: Language,
    /// What has become of it: the word of the field that says whether it is still open.
    pub state: Option<String>,
    /// Whether that word says that it is closed.
    pub closed: bool,
}

/// How far a note may be relied on, as its writers say. That a note is superseded is never
/// written: it follows from another note's `supersedes`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not for readers yet.
    Draft,
    /// Open for comment.
    UnderReview,
    /// Published.
    #[default]
    Published,
    /// Published, and endorsed by somebody who is named.
    Endorsed,
    /// No longer to be relied on.
    Withdrawn,
}

impl Status {
    /// Every status with its name, as front matter has it.
    pub const ALL: [(&'static str, Self); 5] = [
        ("draft", Self::Draft),
        ("under-review", Self::UnderReview),
        ("published", Self::Published),
        ("endorsed", Self::Endorsed),
        ("withdrawn", Self::Withdrawn),
    ];
}

/// What goes with a status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct StatusDetails {
    /// Who endorsed the note.
    pub endorsed_by: Option<String>,
    /// Why it was withdrawn.
    pub withdrawn_reason: Option<String>,
    /// When it was withdrawn.
    pub withdrawn_on: Option<Date>,
    /// The last day for comments.
    pub comment_until: Option<Date>,
    /// How to comment: in words, or an address.
    pub comment_to: Option<String>,
}

/// Something a note is called: its file stem, its title, or an alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteName {
    /// As written.
    pub written: String,
    /// As compared.
    pub key: String,
}

/// A heading of a note.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// Its id, unique in the page.
    pub anchor: Box<str>,
    /// Its text, without markup.
    pub text: String,
    /// The slug of its text, by which links may call it.
    #[serde(skip)]
    pub slug: Box<str>,
}

/// A reference of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The field it stands in.
    pub field: RefField,
    /// What it points at.
    pub target: LinkTarget,
}

/// A field that points at notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefField {
    /// The field of the note's kind at this place.
    Own(u16),
    /// `supersedes`, which every note may have.
    Supersedes,
    /// `sources`, which every note may have.
    Sources,
}

/// The values of a field that holds no references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValue {
    /// The place of the field in its kind.
    pub field: u16,
    /// The values as text; dates as in ISO 8601, flags as `true` or `false`.
    pub items: Vec<String>,
}

/// One thing a note rests on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    /// The note of it, as a place in [`Facts::references`].
    pub reference: Option<u32>,
    /// Its title, where it is no note.
    pub title: Option<String>,
    /// Its address elsewhere.
    pub url: Option<String>,
    /// Where in it.
    pub locator: Option<String>,
    /// When it was looked at.
    pub accessed: Option<Date>,
}

/// One change of a note that its readers are told of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct NoteChange {
    /// When.
    pub date: Date,
    /// How much it matters: `editorial`, `substantive` or `conclusion`.
    pub weight: String,
    /// What changed.
    pub text: String,
}

/// A rule that a note breaks on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleException {
    /// The rule.
    pub rule: &'static Rule,
    /// Why the note breaks it.
    pub reason: String,
    /// Where the exception stands.
    pub span: Span,
}

/// Where things stand in the file of a note.
#[derive(Clone, Debug, Default)]
pub struct NoteSpans {
    /// The front matter.
    pub front_matter: Span,
    /// The title, or the front matter that lacks one.
    pub title: Span,
    /// Each of [`Facts::links`].
    pub links: Vec<Span>,
    /// Each of [`Facts::references`].
    pub references: Vec<Span>,
    /// Each of [`Facts::redirects`].
    pub redirects: Vec<Span>,
    /// The day for review.
    pub review_by: Span,
    /// The blocks of the text: where each begins in the HTML of the body, and where in the file.
    pub blocks: Vec<(u32, u32)>,
}

impl Facts {
    /// When the text became what it is: the last change that is told of. The date of a note is that of
    /// what it describes, so it says nothing of its text.
    pub fn version(&self) -> Option<Date> {
        self.card.updated.max(self.last_change)
    }

    /// When the page became what it is: that the note was withdrawn is no other text, and news.
    pub fn changed(&self) -> Option<Date> {
        self.version().max(self.standing.withdrawn_on)
    }

    /// The places of the references that stand in `field`.
    pub fn references_in(&self, field: RefField) -> Range<usize> {
        let rank = |field: RefField| match field {
            RefField::Supersedes => 0,
            RefField::Sources => 1,
            RefField::Own(at) => 2 + u32::from(at),
        };
        let before = |rest: &Reference| rank(rest.field) < rank(field);
        let start = self.references.partition_point(before);
        let length = self.references[start..].partition_point(|reference| reference.field == field);
        start..start + length
    }

    /// What readers call the note besides its title. The first of its names is the stem of the file,
    /// which is for writers.
    pub fn other_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().skip(1).map(|name| name.written.as_str())
    }
}

impl NoteSpans {
    /// Where the block begins in the file that stands at byte `at` of the HTML of the body.
    pub fn block_at(&self, at: u32) -> Option<u32> {
        let before = self.blocks.partition_point(|block| block.0 <= at);
        Some(self.blocks[before.checked_sub(1)?].1)
    }
}
