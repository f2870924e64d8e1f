//! Where a note is: from the path of its file to its address.

use std::sync::OnceLock;

use super::{Body, Facts, Note, NoteCard, NotePlace, NoteSpans, Origin, Status, StatusDetails};
use crate::bidi::tidied;
use crate::config::{Config, KindId};
use crate::fingerprint::SharedValue;
use crate::language::Language;
use crate::path::{OutputPath, SourcePath};
use crate::slug::{fold, sort_key};
use crate::token::{WordCounter, WordWeight};

/// The place of the note in the file at `path`.
pub fn place(path: &SourcePath, config: &Config) -> NotePlace {
    let below = path.below("content").unwrap_or(path.as_str());
    let stem = below.strip_suffix(".md").unwrap_or(below);
    let (stem, language) = split_language(stem, config);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let is_index = matches!(name, "index" | "README");
    let prefix = match language == *config.language() {
        true => String::new(),
        false => format!("{language}/"),
    };
    let slash = if folder.is_empty() { "" } else { "/" };
    let (path, output) = match is_index {
        true => (folder.to_owned(), format!("{prefix}{folder}{slash}index.html")),
        false => (stem.to_owned(), format!("{prefix}{stem}.html")),
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

/// The kind of the note at `place`. The `index.md` of a kind's own folder is the page of the kind,
/// not a note of it.
pub fn kind(place: &NotePlace, config: &Config) -> KindId {
    let of_kind = config.kinds().any(|(_, kind)| kind.folder.as_deref() == Some(&place.path));
    match place.is_index() && of_kind {
        true => config.page_kind(),
        false => config.kind_of(&place.path),
    }
}

/// `x.fr` → `x` in French, where French is a language of the book.
fn split_language<'a>(stem: &'a str, config: &Config) -> (&'a str, Language) {
    let known = |code: &str| config.languages.iter().find(|language| language.as_str() == code);
    let named = stem.rsplit_once('.').filter(|(name, _)| !name.is_empty() && !name.ends_with('/'));
    match named.and_then(|(name, code)| Some((name, known(code)?))) {
        Some((name, language)) => (name, language.clone()),
        None => (stem, config.language().clone()),
    }
}

/// A note without a file: what an open field named, or the page of a folder that has none.
pub fn bare(
    config: &Config,
    kind: KindId,
    path: &str,
    title: &str,
    language: &Language,
    origin: Origin,
) -> Note {
    let ending = match language == config.language() {
        true => "md".to_owned(),
        false => format!("{language}.md"),
    };
    let source = match origin {
        Origin::Folder if path.is_empty() => format!("content/index.{ending}"),
        Origin::Folder => format!("content/{path}/index.{ending}"),
        Origin::File | Origin::OpenField => format!("content/{path}.{ending}"),
    };
    let source = SourcePath::new(source);
    let place = place(&source, config);
    // It may be a part of what a reference says, as a text before `#` is.
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
