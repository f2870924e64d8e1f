//! The location of a note, derived from the path of its file.

use std::sync::OnceLock;

use super::{Body, Facts, Note, NoteCard, NotePlace, NoteSpans, Origin, Status, StatusDetails};
use crate::bidi::tidied;
use crate::config::{Config, KindId};
use crate::fingerprint::SharedValue;
use crate::language::Language;
use crate::path::{OutputPath, SourcePath};
use crate::slug::{fold, sort_key};
use crate::token::{WordCounter, WordWeight};

/// Returns the location of the note in the file at `path`.
pub fn place(path: &SourcePath, config: &Config) -> NotePlace {
    let below = path.below("content").unwrap_or(path.as_str());
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

/// Creates a note without a file: for a value of an open field, or for a folder without an index.
pub fn bare(
    config: &Config,
    kind: KindId,
    path: &str,
    title: &str,
    language: &Language,
    origin: Origin,
) -> Note {
    let ending =
        if language == config.language() { "md".to_owned() } else { format!("{language}.md") };
    let source = match origin {
        Origin::Folder if path.is_empty() => format!("content/index.{ending}"),
        Origin::Folder => format!("content/{path}/index.{ending}"),
        Origin::File | Origin::OpenField => format!("content/{path}.{ending}"),
    };
    let source = SourcePath::new(source);
    let place = place(&source, config);
    // The title may be only a part of the reference, such as the text before `#`.
    let title = &*tidied(title).text;
    let card = NoteCard {
        title: title.to_owned(),
        summary: None,
        url: place.output.clone(),
        kind: config.kind(kind).name.clone(),
        kind_title: config.kind(kind).title.clone(),
        status: Status::Published,
        date: None,
        updated: None,
        language: place.language.clone(),
        state: None,
        closed: false,
    };
    let facts = Facts {
        kind,
        place,
        card: SharedValue::new(card),
        names: Vec::new(),
        redirects: Vec::new(),
        headings: Vec::new(),
        anchors: Vec::new(),
        links: Vec::new(),
        references: Vec::new(),
        values: Vec::new(),
        sources: Vec::new(),
        changes: Vec::new(),
        last_change: None,
        standing: StatusDetails::default(),
        review_by: None,
        order: None,
        marks_terms: true,
        sort_key: sort_key(title),
        origin,
    };
    let mut words = WordCounter::new(&facts.place.language);
    words.add(title, WordWeight::Title);
    words.name(title);
    Note {
        source,
        facts,
        body: Body::default(),
        words: words.finish().into(),
        small_names: OnceLock::new(),
        exceptions: Vec::new(),
        spans: NoteSpans::default(),
        diagnostics: Vec::new(),
    }
}
