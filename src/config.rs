//! The configuration of a book, as it is meant: `book.toml` read, completed and checked.

mod check;
mod fields;
mod files;
mod filters;
mod home;
mod read;
pub mod rules;
mod shown;
mod values;

pub use home::{HomeList, ON_HOME};
pub use shown::{BookIndex, COLOURS, KindFeatures, LETTERS, RegisterColumn};

pub use check::Strictness;
pub(crate) use read::{COMMON_KEYS, is_base_url, label, with_slash};

use crate::diagnostic::{Diagnostic, RuleTable};
use crate::language::Language;
use crate::path::SourcePath;
use crate::source::Source;
use crate::span::Span;

/// How many kinds, languages, entries of the navigation and the like a book can have, and how many
/// fields a kind: all that is done for each note, and shown on each page, goes by them.
pub(crate) const MOST: usize = 100;

/// How many words a field can take, or a rule.
pub(crate) const MOST_WORDS: usize = 1000;

/// How long a text may be that pages of other notes show too, such as a title, in bytes.
pub(crate) const LONGEST_TEXT: usize = 1000;

/// What `book.toml` says.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The file it was read from.
    pub path: String,
    /// The title of the site.
    pub title: String,
    /// What the site is, in a sentence.
    pub description: String,
    /// Where the site will be published, with a slash at its end; only for addresses that must be
    /// absolute.
    pub base_url: Option<String>,
    /// The language of notes whose file names none, then the further languages.
    pub languages: Vec<Language>,
    /// The folder below `themes/` that says how the site looks.
    pub theme: String,
    /// Where the theme is named, if it is.
    pub theme_span: Span,
    /// How many entries a list shows on one page.
    pub page_size: usize,
    /// What the navigation leads to: names of kinds or paths of notes. Empty: every kind.
    pub menu: Vec<SpannedText>,
    /// What the home page shows, in this order. Empty: every kind of the navigation.
    pub home: Vec<HomeList>,
    /// The fields that readers can narrow a search by, besides those all notes have.
    pub filters: Vec<SpannedText>,
    /// The address at which a note is edited, with `{path}` for its file.
    pub edit_url: Option<String>,
    /// The indexes of the whole book.
    pub indexes: Vec<BookIndex>,
    /// How many related notes a page shows at most.
    pub related: usize,
    /// The kinds in the order written, then the built-in kind of notes outside their folders.
    pub kinds: Vec<Kind>,
    /// How strict the book is.
    pub check: Strictness,
    /// The rules that it can set.
    pub rules: RuleTable,
    /// The endings of files beside the notes that are published though a browser may run them, in
    /// lower case and without their dot.
    pub allowed_files: Vec<String>,
}

/// A text of the configuration and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpannedText {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The place of a kind in [`Config::kinds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub u16);

/// A kind of note.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// How fields and the menu call it.
    pub name: String,
    /// The folder below `content/` whose notes are of this kind; none for the built-in kind.
    pub folder: Option<String>,
    /// What readers call one note of the kind.
    pub title: String,
    /// What readers call several.
    pub plural: String,
    /// Its fields, in the order written.
    pub fields: Vec<FieldConfig>,
    /// Whether each note has a feed of what points at it.
    pub feed: bool,
    /// Whether each note has a page with the texts of what points at it.
    pub in_full: bool,
    /// Whether paragraphs are numbered and have addresses.
    pub numbered: bool,
    /// What a note of this kind describes, as the address of a JSON-LD type.
    pub about: Option<String>,
    /// The order of its notes.
    pub order: NoteOrder,
    /// How they are shown, beyond a page for each.
    pub shown: KindFeatures,
}

/// The order of the notes of a kind; ties are broken by title, then by path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteOrder {
    /// By the field `order`; notes without it come last.
    Order,
    /// By title.
    Title,
    /// By date, the oldest first; undated notes come last.
    Date,
    /// By date, the newest first; undated notes come last.
    DateDescending,
    /// By path.
    Path,
}

/// A field that notes of a kind may have.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldConfig {
    /// The key in the front matter.
    pub name: String,
    /// What readers call it.
    pub label: String,
    /// What readers call it seen from the note it points at.
    pub inverse: Option<String>,
    /// What it holds.
    pub shape: FieldShape,
    /// Whether it holds a list.
    pub many: bool,
    /// Whether it must be there.
    pub required: bool,
    /// Whether what it says is the book's own reading and not in the sources; counts tell it apart.
    pub inferred: bool,
    /// The words that say that a matter is closed: its notes come after those still open.
    pub closed: Vec<String>,
    /// Whether it should be there.
    pub wanted: Option<WantedField>,
}

/// A field that should be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedField {
    /// Another field, which says why this one is empty.
    pub unless: Option<String>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldShape {
    /// A reference to a note of one of these kinds.
    Reference {
        /// The kinds.
        to: Vec<KindId>,
        /// Whether a name that no note answers to makes a bare page instead of an error.
        open: bool,
    },
    /// One of these words.
    OneOf(Vec<String>),
    /// Text.
    Text,
    /// A date.
    Date,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// The address of a page elsewhere.
    Url,
}

impl FieldConfig {
    /// Whether it may point at notes of `kind`.
    pub fn points_at(&self, kind: KindId) -> bool {
        matches!(&self.shape, FieldShape::Reference { to, .. } if to.contains(&kind))
    }
}

impl Kind {
    /// Whether one of its fields may point at notes of `kind`.
    pub fn points_at(&self, kind: KindId) -> bool {
        self.fields.iter().any(|field| field.points_at(kind))
    }
}

impl Config {
    /// Reads the configuration in the file at `path`, `book.toml` by default. What can't be understood is reported and left at its default.
    /// It may set those of `rules`.
    pub fn read(
        path: &SourcePath,
        source: Option<&Source>,
        rules: RuleTable,
        out: &mut Vec<Diagnostic>,
    ) -> Self {
        Self { rules, ..read::config(path, source, rules, out) }
    }

    /// The kind called `name`.
    pub fn kind_named(&self, name: &str) -> Option<KindId> {
        self.kinds.iter().position(|kind| kind.name == name).map(|at| KindId(at as u16))
    }

    /// The kind at `id`.
    pub fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[usize::from(id.0)]
    }

    /// All kinds with their ids.
    pub fn kinds(&self) -> impl Iterator<Item = (KindId, &Kind)> {
        self.kinds.iter().enumerate().map(|(at, kind)| (KindId(at as u16), kind))
    }

    /// The kind of a note at `path` below `content/`: the one with the nearest folder around it.
    pub fn kind_of(&self, path: &str) -> KindId {
        let depth = |folder: &str| {
            let inside = path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            inside.then_some(folder.len())
        };
        let nearest =
            self.kinds().filter_map(|(id, kind)| Some((depth(kind.folder.as_deref()?)?, id)));
        nearest.max_by_key(|(depth, _)| *depth).map_or(self.page_kind(), |(_, id)| id)
    }

    /// The built-in kind of notes outside the kinds' folders.
    pub fn page_kind(&self) -> KindId {
        KindId(self.kinds.len() as u16 - 1)
    }

    /// The language of notes whose file names none.
    pub fn language(&self) -> &Language {
        &self.languages[0]
    }
}
