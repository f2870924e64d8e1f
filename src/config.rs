//! The configuration of a book, as it is meant: `book.toml` read, completed and checked.

mod addresses;
mod book;
mod check;
mod features;
mod field_types;
mod fields;
mod files;
mod filters;
mod home;
mod kinds;
mod names;
pub mod note_keys;
mod shapes;
mod status;
mod theme;

pub(crate) use addresses::{is_base_url, with_slash};
pub(crate) use book::{BOOK_KEYS, BOOK_REQUIRED};
pub use check::Strictness;
pub use features::{COLOURS, KindFeatures, RegisterColumn};
pub use field_types::{FieldShape, FieldType, FieldValues, ShownValue};
pub use home::{HomeList, ON_HOME};
pub(crate) use names::label;
pub use status::Status;
pub use theme::{AccentSettings, LinkSettings, LogoSettings, SpannedColour, ThemeSettings};

use crate::diagnostic::{Diagnostic, RuleTable};
use crate::language::Language;
use crate::path::SourcePath;
use crate::source::Source;
use crate::span::Span;

/// The number of kinds, languages, entries of the navigation and the like that a book can have, and
/// of fields that a kind can have: all that is done for each note, and shown on each page, goes by
/// them.
pub(crate) const MOST: usize = 100;

/// The number of words that a field can take, or a rule.
pub(crate) const MOST_WORDS: usize = 1000;

/// The greatest length of a text that pages of other notes show too, such as a title, in bytes.
pub(crate) const LONGEST_TEXT: usize = 1000;

/// The configuration of a book, as `book.toml` means it.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The file it was read from.
    pub path: String,
    /// The title of the site.
    pub title: String,
    /// A sentence that says what the site is.
    pub description: String,
    /// The address at which the site will be published, with a slash at its end; only for addresses
    /// that must be absolute.
    pub base_url: Option<String>,
    /// The language of notes whose file names none, then the further languages.
    pub languages: Vec<Language>,
    /// The folder below `themes/` that says how the site looks.
    pub theme: String,
    /// The place where the theme is named, if it is.
    pub theme_span: Span,
    /// The number of entries that a list shows on one page.
    /// The other settings of the look of the site.
    pub theme_settings: ThemeSettings,
    /// The number of entries that a list shows on one page.
    pub page_size: usize,
    /// The entries of the navigation: names of kinds or paths of notes. Empty: every kind.
    pub menu: Vec<SpannedText>,
    /// The lists of the home page, in this order. Empty: every kind of the navigation.
    pub home: Vec<HomeList>,
    /// The fields that readers can narrow a search by, besides those all notes have.
    pub filters: Vec<SpannedText>,
    /// The address at which a note is edited, with `{path}` for its file.
    pub edit_url: Option<String>,
    /// The names of the pages and files over the whole book that it asks for. Unknown names are reported where
    /// these pages are known.
    pub indexes: Vec<SpannedText>,
    /// The number of related notes that a page shows at most.
    pub related: usize,
    /// The kinds in the order written, then the built-in kind of notes outside their folders.
    pub kinds: Vec<Kind>,
    /// The levels and options of the rules.
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
    /// Its place.
    pub span: Span,
}

/// The place of a kind in [`Config::kinds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub u16);

/// A kind of note.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// The name that fields and the menu use.
    pub name: String,
    /// The folder below `content/` whose notes are of this kind; none for the built-in kind.
    pub folder: Option<String>,
    /// The word that readers see for one note of the kind.
    pub title: String,
    /// The word that readers see for several.
    pub plural: String,
    /// Its fields, in the order written.
    pub fields: Vec<FieldConfig>,
    /// Gives each note a feed of the notes that point at it.
    pub feed: bool,
    /// Gives each note a page with the texts of the notes that point at it.
    pub in_full: bool,
    /// Numbers the paragraphs, so that links can lead to them.
    pub numbered: bool,
    /// The address of the JSON-LD type of what a note of this kind describes.
    pub about: Option<String>,
    /// The order of its notes.
    pub order: NoteOrder,
    /// The ways in which they are shown, beyond a page for each.
    pub features: KindFeatures,
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
    /// The words that readers see for it.
    pub label: String,
    /// The words that readers see for it on the page of a note that it points at.
    pub inverse: Option<String>,
    /// Its type.
    pub shape: FieldShape,
    /// Lets it hold a list.
    pub many: bool,
    /// Makes a note without it an error.
    pub required: bool,
    /// Marks what it says as the book's own reading and not in the sources; counts tell it apart.
    pub inferred: bool,
    /// The words that say that a matter is closed: its notes come after those still open.
    pub closed: Vec<String>,
    /// Makes a note without it a warning.
    pub wanted: Option<WantedField>,
}

/// A field that should be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedField {
    /// Another field, which says why this one is empty.
    pub unless: Option<String>,
}

impl FieldConfig {
    /// Returns the kinds of the notes that it points at; none if it holds something else.
    pub fn kinds(&self) -> &[KindId] {
        match self.shape.as_type().values() {
            FieldValues::Notes(kinds) => kinds,
            FieldValues::Words(_) | FieldValues::Any => &[],
        }
    }

    /// Returns the words of which it holds one; none if it holds something else.
    pub fn words(&self) -> &[String] {
        match self.shape.as_type().values() {
            FieldValues::Words(words) => words,
            FieldValues::Notes(_) | FieldValues::Any => &[],
        }
    }

    /// Returns a line with the field and an example of its value: `date = 2024-06-24`.
    pub fn line(&self) -> String {
        let one = self.shape.as_type().example();
        let value = if self.many { format!("[{one}]") } else { one };
        format!("{} = {value}", self.name)
    }

    /// Says whether it may point at notes of `kind`.
    pub fn points_at(&self, kind: KindId) -> bool {
        self.kinds().contains(&kind)
    }
}

impl Kind {
    /// Says whether one of its fields may point at notes of `kind`.
    pub fn points_at(&self, kind: KindId) -> bool {
        self.fields.iter().any(|field| field.points_at(kind))
    }
}

impl Config {
    /// Reads the configuration in the file at `path`, `book.toml` by default, which may set `rules`. Values that
    /// can't be understood are reported and left at their default.
    pub fn read(
        path: &SourcePath,
        source: Option<&Source>,
        rules: RuleTable,
        out: &mut Vec<Diagnostic>,
    ) -> Self {
        Self { rules, ..book::config(path, source, rules, out) }
    }

    /// Returns the kind called `name`.
    pub fn kind_named(&self, name: &str) -> Option<KindId> {
        self.kinds.iter().position(|kind| kind.name == name).map(|at| KindId(at as u16))
    }

    /// Returns the kind at `id`.
    pub fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[usize::from(id.0)]
    }

    /// Returns all kinds with their ids.
    pub fn kinds(&self) -> impl Iterator<Item = (KindId, &Kind)> {
        self.kinds.iter().enumerate().map(|(at, kind)| (KindId(at as u16), kind))
    }

    /// Returns the kind of a note at `path` below `content/`: the one with the nearest folder around
    /// it.
    pub fn kind_of(&self, path: &str) -> KindId {
        let depth = |folder: &str| {
            let inside = path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            inside.then_some(folder.len())
        };
        let nearest =
            self.kinds().filter_map(|(id, kind)| Some((depth(kind.folder.as_deref()?)?, id)));
        nearest.max_by_key(|(depth, _)| *depth).map_or(self.page_kind(), |(_, id)| id)
    }

    /// Returns whether the book asks for the page or file over the whole book of this name.
    pub fn asks_for(&self, name: &str) -> bool {
        self.indexes.iter().any(|asked| asked.text == name)
    }

    /// Returns the built-in kind of notes outside the kinds' folders.
    pub fn page_kind(&self) -> KindId {
        KindId(self.kinds.len() as u16 - 1)
    }

    /// Returns the language of notes whose file names none.
    pub fn language(&self) -> &Language {
        &self.languages[0]
    }
}
