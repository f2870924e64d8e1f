//! Reads the sources that are not notes: configuration, theme and files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::rules::{self, unused_folder};
use super::{BuildOptions, LoadedFiles};
use crate::active::judged;
use crate::config::Config;
use crate::config::rules::bad_config;
use crate::diagnostic::Diagnostic;
use crate::files::BookFiles;
use crate::nearest::nearest;
use crate::path::SourcePath;
use crate::refused::refused;
use crate::render::{Theme, builtin_files};
use crate::source::{Source, SourceEdit, SourceRole, Sources};
use crate::words::Strings;

/// Reads everything except the notes.
pub(super) fn load(sources: &Sources, options: &BuildOptions) -> LoadedFiles {
    let other = sources.iter().filter(|source| SourceRole::of(&source.path) != SourceRole::Note);
    let mut diagnostics: Vec<Diagnostic> = other.filter_map(refused).collect();
    let book = sources.get(&options.config);
    let mut config = Config::read(&options.config, book, rules::all(), &mut diagnostics);
    if let Some(base_url) = &options.base_url {
        config.base_url = Some(base_url.clone());
    }
    theme_is_there(sources, &config, &options.themes, &mut diagnostics);
    unused_folder::check(sources, &config.theme, &mut diagnostics);
    let theme = Theme::new(sources, &config.theme, &mut diagnostics);
    // A book may replace only some strings; the others are those of the program.
    let own =
        builtin_files().into_iter().find(|file| file.path.as_str().ends_with("/i18n/en.toml"));
    let own = own.map_or_else(Strings::default, |file| {
        Strings::read(&file, &Strings::default(), &mut diagnostics)
    });
    let english = Theme::words(sources, &config.theme, "en", &own, &mut diagnostics);
    let mut words = BTreeMap::new();
    for language in &config.languages {
        let code = language.as_str();
        let own = match code {
            "en" => english.clone(),
            code => Theme::words(sources, &config.theme, code, &english, &mut diagnostics),
        };
        words.insert(language.clone(), own);
    }
    let is_copied = |source: &&Source| {
        matches!(SourceRole::of(&source.path), SourceRole::Attachment | SourceRole::Static)
    };
    let copied: Vec<&Source> = sources.iter().filter(is_copied).collect();
    let active: Vec<Diagnostic> =
        copied.par_iter().filter_map(|source| judged(source, &config.allowed_files)).collect();
    let refused = active.iter().filter(|found| found.is_error()).map(|found| found.path.clone());
    let files = BookFiles::new(copied.into_iter(), refused.collect());
    diagnostics.extend(active);
    LoadedFiles {
        config: Arc::new(config),
        theme: Arc::new(theme),
        words,
        files: Arc::new(files),
        diagnostics,
    }
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
            let message =
                format!("{folder} has no templates, static or i18n, so the built-in theme is used");
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
