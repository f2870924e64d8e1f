//! The location of a note, derived from the path of its file.

use std::sync::{Arc, OnceLock};

use super::{Facts, Note, NoteCard, NoteSpans, Status, StatusDetails};
use crate::bidi::tidied;
use crate::collation::SortKey;
use crate::config::{Config, KindId};
use crate::language::Language;
use crate::path::{OutputPath, SourcePath};
use crate::slug::fold;
use crate::template::SharedValue;
use crate::token::{NameWeight, WordCounter};

/// The origin of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File,
    /// An open field that named it.
    OpenField,
    /// A folder of notes that has no `index.md`.
    Folder,
    /// A note in another language of the book, of which there is no translation into this one. It has a page.
    Untranslated,
    /// The same without a page: lists of the language lead to the original.
    Listed,
}

impl Origin {
    /// Returns whether the note stands for one that was not translated into its language.
    pub fn is_untranslated(self) -> bool {
        matches!(self, Self::Untranslated | Self::Listed)
    }

    /// Returns whether the text of the note was read from a file, in its language or another.
    pub fn is_written(self) -> bool {
        matches!(self, Self::File | Self::Untranslated | Self::Listed)
    }
}

/// The location of a note: its path below the folder of the notes, its language, and the file it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NotePlace {
    /// The path without file extension and language; empty for the home page.
    pub path: Arc<str>,
    /// The folder that relative links of the note start from.
    pub folder: Arc<str>,
    /// The language of the page.
    pub language: Language,
    /// The output file of the page.
    pub output: OutputPath,
    /// `path` in the form in which notes are looked up.
    pub key: Box<str>,
    /// `folder` in the form in which notes are looked up.
    pub folder_key: Box<str>,
}

impl NotePlace {
    /// Returns whether the page stands for its whole folder.
    pub fn is_index(&self) -> bool {
        self.output.address().is_empty() || self.output.address().ends_with('/')
    }
}

/// Returns the location of the note in the file at `path`.
pub fn place(path: &SourcePath, config: &Config) -> NotePlace {
    let below = path.in_notes().unwrap_or(path.as_str());
    let stem = below.strip_suffix(".md").unwrap_or(below);
    let (stem, language) = split_language(stem, config);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let is_index = matches!(name, "index" | "README");
    let prefix =
        if language == *config.language() { String::new() } else { format!("{language}/") };
    let slash = if folder.is_empty() { "" } else { "/" };
    let (path, output) = if is_index {
        (folder.to_owned(), format!("{prefix}{folder}{slash}index.html"))
    } else {
        (stem.to_owned(), format!("{prefix}{stem}.html"))
    };
    NotePlace {
        key: fold(&path).into(),
        folder_key: fold(folder).into(),
        path: path.into(),
        folder: folder.into(),
        language,
        output: OutputPath::new(output),
    }
}

/// Returns the kind of the note at `place`. The `index.md` of a kind's own folder is the page about
/// the kind, not a note of it.
pub fn kind(place: &NotePlace, config: &Config) -> KindId {
    let is_folder_of_kind =
        config.kinds().any(|(_, kind)| kind.folder.as_deref() == Some(&place.path));
    if place.is_index() && is_folder_of_kind {
        config.page_kind()
    } else {
        config.kind_of(&place.path)
    }
}

/// Splits `x.fr` into `x` and French, if French is a language of the book.
fn split_language<'a>(stem: &'a str, config: &Config) -> (&'a str, Language) {
    let known = |code: &str| config.languages.iter().find(|language| language.as_str() == code);
    let named = stem.rsplit_once('.').filter(|(name, _)| !name.is_empty() && !name.ends_with('/'));
    match named.and_then(|(name, code)| Some((name, known(code)?))) {
        Some((name, language)) => (name, language.clone()),
        None => (stem, config.language().clone()),
    }
}

/// Returns the path that a note in `language` at `path` has, or would have.
pub(super) fn source_at(
    config: &Config,
    path: &str,
    is_index: bool,
    language: &Language,
) -> SourcePath {
    let ending =
        if language == config.language() { "md".to_owned() } else { format!("{language}.md") };
    let below = match is_index {
        true if path.is_empty() => format!("index.{ending}"),
        true => format!("{path}/index.{ending}"),
        false => format!("{path}.{ending}"),
    };
    SourcePath::in_notes_of(&config.content, &below)
}

/// Creates a note without a file: for a value of an open field, or for a folder without an index.
pub fn bare(
    config: &Config,
    kind: KindId,
    path: &str,
    title: &str,
    language: &Language,
    origin: Origin,
) -> Note {
    let source = source_at(config, path, origin == Origin::Folder, language);
    let place = place(&source, config);
    // The title may be only a part of the reference, such as the text before `#`.
    let title = &*tidied(title).text;
    let card = NoteCard {
        title: title.to_owned(),
        short: None,
        summary: None,
        url: place.output.clone(),
        kind: config.kind(kind).name.clone(),
        kind_title: config.kind_in(kind, &place.language).title.clone(),
        status: Status::Published,
        date: None,
        updated: None,
        language: place.language.clone(),
        state: None,
        closed: false,
    };
    let sort_key = SortKey::new(title, language, &place.language);
    let facts = Facts {
        kind,
        place,
        card: SharedValue::new(card),
        names: Vec::new(),
        also: Vec::new(),
        redirects: Vec::new(),
        headings: Vec::new(),
        anchors: Vec::new(),
        numbered: Vec::new(),
        links: Vec::new(),
        references: Vec::new(),
        values: Vec::new(),
        sources: Vec::new(),
        changes: Vec::new(),
        last_change: None,
        standing: StatusDetails::default(),
        translation: None,
        recorded: None,
        review_by: None,
        reviewed_on: None,
        published: None,
        in_sentence: None,
        order: None,
        marks_terms: true,
        other_keys: Vec::new(),
        sort_key,
        origin,
    };
    let mut words = WordCounter::new(&facts.place.language);
    words.add_name(title, NameWeight::Title);
    Note {
        source,
        facts,
        body: Arc::default(),
        parts: Arc::default(),
        words: words.finish().into(),
        small_names: OnceLock::new(),
        excerpts: Arc::from([]),
        exceptions: Vec::new(),
        made_of: Vec::new(),
        differing: Vec::new(),
        spans: NoteSpans::default(),
        diagnostics: Vec::new(),
    }
}
