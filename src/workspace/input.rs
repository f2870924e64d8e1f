//! Reads the sources that are not notes: configuration, theme and files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::interface_words::interface_words;
use super::rules::{self, unused_folder};
use super::{BuildOptions, LoadedFiles};
use crate::active::find_problem;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::files::BookFiles;
use crate::language::Language;
use crate::nearest::nearest;
use crate::note::Note;
use crate::parse::footer;
use crate::path::SourcePath;
use crate::refused::refused;
use crate::render::{Theme, builtin_files};
use crate::site::PageFurniture;
use crate::source::{Source, SourceEdit, SourceRole, Sources};
use crate::span::Span;
use crate::table::rules::bad_config;
use crate::view::{book_pages, names_of_indexes};

/// Returns the folders that lie in that of the notes and hold some.
pub(super) fn folders_of_notes(sources: &Sources) -> BTreeSet<&str> {
    let notes = sources.iter().filter(|source| SourceRole::of(&source.path) == SourceRole::Note);
    notes.filter_map(|note| Some(note.path.in_notes()?.split_once('/')?.0)).collect()
}

/// Reads everything except the notes.
pub(super) fn load(sources: &Sources, options: &BuildOptions) -> LoadedFiles {
    let other = sources.iter().filter(|source| SourceRole::of(&source.path) != SourceRole::Note);
    let mut diagnostics: Vec<Diagnostic> = other.filter_map(refused).collect();
    let book = sources.get(&options.config);
    let mut config = Config::read(&options.config, book, rules::all(), &mut diagnostics);
    if let Some(base_url) = &options.base_url {
        config.base_url = Some(base_url.clone());
    }
    config = config.with_kinds_of_folders(&folders_of_notes(sources));
    theme_is_there(sources, &config, &options.themes, &mut diagnostics);
    unused_folder::check(sources, &config.theme, &mut diagnostics);
    indexes_are_known(&config, &mut diagnostics);
    let theme = Theme::new(sources, &config.theme, &config.theme_settings, &mut diagnostics);
    let footers = footers(&config, sources.get(&options.config), &mut diagnostics);
    let words = interface_words(sources, &options.config, &mut config, &mut diagnostics);
    let is_copied = |source: &&Source| {
        matches!(SourceRole::of(&source.path), SourceRole::Attachment | SourceRole::Static)
    };
    let copied: Vec<&Source> = sources.iter().filter(is_copied).collect();
    let active: Vec<Diagnostic> = copied
        .par_iter()
        .filter_map(|source| find_problem(source, &config.allowed_files))
        .collect();
    let refused = active.iter().filter(|found| found.is_error()).map(|found| found.path.clone());
    let files = BookFiles::new(copied.into_iter(), refused.collect());
    diagnostics.extend(active);
    LoadedFiles {
        config: Arc::new(config),
        furniture: Arc::new(PageFurniture {
            words,
            assets: theme.assets.clone(),
            book_pages: book_pages().collect(),
            footers: Arc::new(footers),
        }),
        theme: Arc::new(theme),
        files: Arc::new(files),
        diagnostics,
    }
}

/// Reads the footer for the pages of each language. Places in it become places in the file that it stands in: those of
/// its parts if the text is there as it is, else the whole value.
fn footers(
    config: &Config,
    file: Option<&Source>,
    out: &mut Vec<Diagnostic>,
) -> BTreeMap<Language, Note> {
    let Some((written, file)) = config.theme_settings.footer.as_ref().zip(file) else {
        return BTreeMap::new();
    };
    let value = written.span.start as usize..written.span.end as usize;
    let value = file.text().and_then(|text| text.get(value)).unwrap_or_default();
    let moved = |place: Span| match value.find(&written.text) {
        Some(at) => {
            let by = written.span.start + at as u32;
            Span { start: place.start + by, end: place.end + by }
        }
        None => written.span,
    };
    let read = |language: &Language| {
        let mut note = footer(&file.path, &written.text, language, config);
        note.spans.links.iter_mut().for_each(|place| *place = moved(*place));
        note.diagnostics.iter_mut().for_each(|found| found.span = moved(found.span));
        (language.clone(), note)
    };
    let mut footers: BTreeMap<Language, Note> = config.languages.iter().map(read).collect();
    // Its problems are the same in each language.
    let own = footers.get_mut(config.language());
    out.extend(own.into_iter().flat_map(|note| std::mem::take(&mut note.diagnostics)));
    footers
}

/// Reports a theme that doesn't exist: with a misspelt name the site would look like the built-in
/// theme for no visible reason. An empty folder counts as a theme, to begin with; since git keeps
/// no empty folders, a missing one may have been empty, too.
fn theme_is_there(
    sources: &Sources,
    config: &Config,
    folders: &BTreeSet<String>,
    out: &mut Vec<Diagnostic>,
) {
    let folder = format!("themes/{}", config.theme);
    let is_there = || folders.contains(&config.theme) || sources.below(&folder).next().is_some();
    if config.theme_span.end == 0 || is_there() {
        return;
    }
    let themes: BTreeSet<&str> = sources
        .below("themes")
        .filter_map(|source| source.path.below("themes")?.split_once('/').map(|(theme, _)| theme))
        .chain(folders.iter().map(String::as_str))
        .collect();
    let path = SourcePath::new(config.path.as_str());
    let near = nearest(&config.theme, themes.iter().copied());
    out.push(match near.as_slice() {
        [] => {
            let message = format!(
                "{folder} has no templates, static, scripts or i18n, so the built-in theme is used"
            );
            Diagnostic::warning(&path, config.theme_span, &bad_config::RULE, message)
                .help("put what is to look otherwise into these folders, or delete this line")
        }
        near => {
            let message = format!("there is no folder {folder}");
            Diagnostic::error(&path, config.theme_span, &bad_config::RULE, message)
                .did_you_mean(near)
        }
    });
}

/// Reports pages and files over the whole book that the book asks for and that there are not.
fn indexes_are_known(config: &Config, out: &mut Vec<Diagnostic>) {
    let known: Vec<&str> = names_of_indexes().collect();
    let path = SourcePath::new(config.path.as_str());
    for asked in config.indexes.iter().filter(|asked| !known.contains(&asked.text.as_str())) {
        let message = format!("there is no index \"{}\"", asked.text);
        let error = Diagnostic::error(&path, asked.span, &bad_config::RULE, message);
        out.push(error.help(format!("indexes takes: {}", known.join(", "))));
    }
}

/// Restores the built-in version of a file of the built-in theme that is removed from the book.
pub(super) fn with_builtin(edits: Vec<SourceEdit>) -> Vec<SourceEdit> {
    let restored = |path: &SourcePath| {
        let builtin = path.below("themes/default").is_some();
        builtin.then(|| builtin_files().into_iter().find(|source| source.path == *path)).flatten()
    };
    let edit = |edit| match edit {
        SourceEdit::Remove(path) => {
            restored(&path).map_or(SourceEdit::Remove(path), SourceEdit::Put)
        }
        put => put,
    };
    edits.into_iter().map(edit).collect()
}
