//! `fieldbook diff`: shows what a change of the book does to the site.
#![expect(clippy::disallowed_methods, reason = "commands read and write files")]

use std::path::Path;

use super::build::{options, root};
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, print};
use crate::cli::{BuildArgs, CommonArgs, DiffArgs, DiffFormat};
use crate::comparison::{self, BookComparison};
use crate::disk::{self, DiskError};
use crate::source::SourceEdit;
use crate::visible::shown_json;
use crate::workspace::{BuildOptions, Workspace};

pub(super) fn run(
    common: &CommonArgs,
    arguments: &DiffArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let root = root(common)?;
    let asked = BuildArgs { today: arguments.today.clone(), ..BuildArgs::default() };
    let options = options(common, &asked)?;
    terminal.progress("Reading the book as it was");
    let before = opened(&root, &options, Some(&arguments.base))?;
    terminal.progress("Reading the book as it is");
    let after = opened(&root, &options, arguments.head.as_deref())?;
    terminal.progress("Comparing the pages");
    let compared = comparison::compare(&before, &after)
        .ok_or_else(|| CommandError::usage("one of the books can't be read"))?;
    show(&compared, arguments)?;
    Ok(CommandOutcome::Fine)
}

fn show(compared: &BookComparison, arguments: &DiffArgs) -> Result<(), CommandError> {
    let text = match arguments.format {
        DiffFormat::Markdown => comparison::markdown(compared),
        DiffFormat::Json => shown_json(&compared.json()).into_owned(),
        DiffFormat::Html => comparison::html(compared),
    };
    let Some(file) = &arguments.output else { return print(&text) };
    let failed = |error| DiskError { path: file.clone(), error };
    Ok(std::fs::write(file, text).map_err(failed)?)
}

/// Reads a state of the book: that in a folder, that in a revision of its git repository, or the one on disk.
pub(super) fn opened(
    root: &Path,
    options: &BuildOptions,
    state: Option<&str>,
) -> Result<Workspace, CommandError> {
    let config = &options.config;
    let sources = match state {
        None => disk::read(root, config)?,
        Some(folder) if Path::new(folder).join(config.as_str()).is_file() => {
            disk::read(Path::new(folder), config)?
        }
        Some(revision) => disk::read_revision(root, revision, config)?,
    };
    if sources.get(config).is_none() {
        let place = state.map_or_else(|| root.display().to_string(), str::to_owned);
        return Err(CommandError::usage(format!("there is no {config} in {place}")));
    }
    let mut workspace = Workspace::new(options.clone());
    let _ = workspace.open(sources.into_files().map(SourceEdit::Put).collect());
    Ok(workspace)
}
