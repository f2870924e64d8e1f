//! The configuration of a book, as it is meant: `book.toml` read, completed and checked.

mod addresses;
mod book;
mod charts;
mod check;
mod features;
mod field_types;
mod fields;
mod files;
mod filters;
mod home;
mod kinds;
mod labels;
mod languages;
mod names;
pub mod note_keys;
mod notes_folder;
mod shapes;
mod status;
mod theme;

pub(crate) use addresses::{is_base_url, with_slash};
pub(crate) use book::{BOOK_KEYS, BOOK_REQUIRED};
pub use charts::{ChartAxis, ChartConfig};
pub use check::Strictness;
pub use features::{COLOURS, KindFeatures, LeadLine, RegisterColumn};
pub use field_types::{FieldShape, FieldType, FieldValues, ShownValue};
pub use home::HomeList;
pub use labels::labels;
pub use languages::{LanguageSettings, UntranslatedNotes};
pub(crate) use names::{label, title_of_file};
pub use notes_folder::notes_folder;
pub use status::Status;
pub use theme::{AccentSettings, LinkSettings, LogoSettings, SpannedColour, ThemeSettings};

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, RuleTable};
use crate::language::Language;
use crate::path::SourcePath;
use crate::source::Source;
use crate::span::Span;
use crate::table::Notation;

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
    /// The settings of each language: the book's title in it, and the treatment of what was not translated into it.
    pub in_language: BTreeMap<Language, LanguageSettings>,
    /// The folder of the notes, from that of the book on; empty if that is it.
    pub content: String,
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
    /// Groups of words or phrases that search finds for each other.
    pub synonyms: Vec<Vec<String>>,
    /// The address at which a note is edited, with `{path}` for its file.
    pub edit_url: Option<String>,
    /// The names of the pages and files over the whole book that it asks for. Unknown names are reported where
    /// these pages are known.
    pub indexes: Vec<SpannedText>,
    /// The number of notes that a page shows at most of those that point at it in one way.
    pub backlinks: usize,
    /// The number of related notes that a page shows at most.
    pub related: usize,
    /// True if each folder of notes is a kind, since the book declares none.
    pub kinds_of_folders: bool,
    /// The kinds in the order written, then the built-in kind of notes outside their folders.
    pub kinds: Vec<Kind>,
    /// The same kinds, as readers of each further language see them.
    pub kinds_in: BTreeMap<Language, Vec<Kind>>,
    /// The lists of the home page, as readers of each further language see them.
    pub home_in: BTreeMap<Language, Vec<HomeList>>,
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
    /// The words that readers see before the date of a note.
    pub date_title: Option<String>,
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
    /// The words that readers see for it in a register; absent if those are the label.
    pub column: Option<String>,
    /// The words that readers see for it on the page of a note that it points at.
    pub inverse: Option<String>,
    /// The heading of the notes that point by it, on the page of the note that they point at; `{title}` in it
    /// stands for the name of that note within a sentence.
    pub heading: Option<String>,
    /// Keeps it off the pages of readers.
    pub for_editors: bool,
    /// Its type.
    pub shape: FieldShape,
    /// Lets it hold a list.
    pub many: bool,
    /// Makes a note without it an error.
    pub required: bool,
    /// Marks what it says as the book's own reading and not in the sources; counts tell it apart.
    pub inferred: bool,
    /// The field of the kind, by its place, to whose notes this one adds further notes. Pages show them as
    /// values of that field, with a mark.
    pub infers: Option<u16>,
    /// The words that say that a matter is closed: its notes come after those still open.
    pub closed: Vec<String>,
    /// The words that say that nothing defines a term: other pages then show its summary.
    pub undefined: Vec<String>,
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

    /// Returns a line of front matter with the field and an example of its value: `date = 2024-06-24`.
    pub fn line(&self, notation: Notation) -> String {
        let one = self.shape.as_type().example();
        let value = if self.many { format!("[{one}]") } else { one };
        notation.setting(&self.name, &value)
    }

    /// Says whether it may point at notes of `kind`.
    pub fn points_at(&self, kind: KindId) -> bool {
        self.kinds().contains(&kind)
    }
}

impl Kind {
    /// Returns the name of the field in which a reference is written that counts for the field at `at`: that field,
    /// or for an inferred reference the one that infers for it.
    pub fn field_of_reference(&self, at: u16, inferred: bool) -> &str {
        let inferring = self.fields.iter().find(|field| inferred && field.infers == Some(at));
        &inferring.unwrap_or(&self.fields[usize::from(at)]).name
    }

    /// Says whether one of its fields may point at notes of `kind`.
    pub fn points_at(&self, kind: KindId) -> bool {
        self.fields.iter().any(|field| field.points_at(kind))
    }
}

impl Config {
    /// Returns a kind with its words in `language`.
    pub fn kind_in(&self, id: KindId, language: &Language) -> &Kind {
        self.kinds_in.get(language).map_or(self.kind(id), |kinds| &kinds[usize::from(id.0)])
    }

    /// Returns the lists of the home page with their words in `language`.
    pub fn home_in(&self, language: &Language) -> &[HomeList] {
        self.home_in.get(language).unwrap_or(&self.home)
    }

    /// Returns the title of the book in `language`.
    pub fn title_in(&self, language: &Language) -> &str {
        let settings = self.in_language.get(language);
        settings.and_then(|settings| settings.title.as_deref()).unwrap_or(&self.title)
    }

    /// Returns the description of the book in `language`.
    pub fn description_in(&self, language: &Language) -> &str {
        let settings = self.in_language.get(language);
        settings.and_then(|settings| settings.description.as_deref()).unwrap_or(&self.description)
    }

    /// Returns the treatment of notes that were not translated into `language`.
    pub fn untranslated(&self, language: &Language) -> UntranslatedNotes {
        self.in_language.get(language).map(|settings| settings.untranslated).unwrap_or_default()
    }

    /// Returns the languages in which notes are shown that were not translated into `language`, before the original.
    pub fn fallback(&self, language: &Language) -> &[Language] {
        self.in_language.get(language).map_or(&[], |settings| &settings.fallback)
    }

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

    /// Makes each of these folders below that of the notes a kind, in a book that declares none.
    pub fn with_kinds_of_folders(mut self, folders: &BTreeSet<&str>) -> Self {
        if self.kinds_of_folders {
            let page = self.kinds.pop();
            self.kinds = kinds::of_folders(folders);
            self.kinds.extend(page);
        }
        self
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
