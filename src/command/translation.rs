//! `fieldbook translation`: keeps translations in step with their originals, and exchanges texts with translators.

mod accept;
mod export;
mod import;

use std::path::Path;
use std::sync::Arc;

use super::build::options;
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome};
use crate::cli::{BuildArgs, CommonArgs, TranslationAction, TranslationArgs};
use crate::disk;
use crate::language::Language;
use crate::nearest::nearest;
use crate::site::Site;
use crate::source::SourceEdit;
use crate::workspace::Workspace;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &TranslationArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    match &arguments.action {
        TranslationAction::Accept(arguments) => accept::run(common, arguments, terminal),
        TranslationAction::Export(arguments) => export::run(common, arguments, terminal),
        TranslationAction::Import(arguments) => import::run(common, arguments, terminal),
    }
}

/// Reads the book, drafts included.
fn read(common: &CommonArgs, root: &Path) -> Result<Workspace, CommandError> {
    let options = options(common, &BuildArgs { drafts: true, ..BuildArgs::default() })?;
    let sources = disk::read(root, &options.config)?;
    let mut workspace = Workspace::new(options);
    // Problems are reported by `build`; the notes that can be read can be translated.
    let _ = workspace.open(sources.into_files().map(SourceEdit::Put).collect());
    Ok(workspace)
}

/// Returns the site of a book.
fn site(workspace: &Workspace) -> Result<Arc<Site>, CommandError> {
    let site = workspace.site();
    let unread = || CommandError::usage("the book can't be read; fieldbook build says why");
    site.cloned().ok_or_else(unread)
}

/// Returns the language of the book with this code.
fn language(site: &Site, code: &str) -> Result<Language, CommandError> {
    let languages = &site.config.languages;
    let found = languages.iter().find(|language| language.as_str().eq_ignore_ascii_case(code));
    found.cloned().ok_or_else(|| {
        let near = nearest(code, languages.iter().map(Language::as_str));
        let all: Vec<&str> = languages.iter().map(Language::as_str).collect();
        let help = match near.first() {
            Some(near) => format!("did you mean {near}?"),
            None => format!(
                "its languages are {}; to add one, write languages = [\"{code}\"] in book.toml",
                all.join(", ")
            ),
        };
        CommandError::usage(format!("the book has no language {code}; {help}"))
    })
}
