//! `fieldbook manual`: the manual, built into a folder and opened in the browser.
#![expect(clippy::disallowed_methods, reason = "commands read the environment")]

use std::collections::BTreeSet;
use std::path::Path;

use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, build, print};
use crate::cli::{BuildArgs, ManualArgs};
use crate::disk::{Manifest, OutputFolder, OutputOptions, OutputWriter, cache_folder};
use crate::fingerprint::Fingerprint;
use crate::manual::{manual_pages, manual_sources};
use crate::nearest::nearest;
use crate::path::{NOTES, OutputPath, SourcePath};
use crate::workspace::{BuildOptions, Workspace};

pub(super) fn run(
    arguments: &ManualArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let page = page(arguments.page.as_deref())?;
    // It stands for the folder of the book, which the manual does not have: what is written is
    // noted under its name.
    let cache = cache_folder()?;
    let folder = output_folder(&cache, arguments.output_dir.as_deref())?;
    let shown = folder.path.join(page.as_str());
    write(&cache, folder, terminal)?;
    print(&format!("{}\n", shown.display()))?;
    if !arguments.no_open
        && let Err(error) = open::that_detached(&shown)
    {
        terminal.say(&format!("The browser could not be opened: {error}"));
    }
    Ok(CommandOutcome::Fine)
}

/// Returns the file of the page called `name`, or of the first page.
fn page(name: Option<&str>) -> Result<OutputPath, CommandError> {
    let Some(name) = name else { return Ok(OutputPath::new("index.html")) };
    let pages = manual_pages();
    match pages.iter().find(|page| page.name == name) {
        Some(page) => Ok(page.output.clone()),
        None => Err(unknown(name, pages.iter().map(|page| page.name.as_str()))),
    }
}

/// Returns the failure to find a page of the manual.
pub(super) fn unknown<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> CommandError {
    let help = match nearest(name, names).first() {
        Some(near) => format!("did you mean {near}?"),
        None => "fieldbook explain, with nothing after it, lists all rules and pages".to_owned(),
    };
    CommandError::usage(format!(
        "no rule and no other page of the manual is called \"{name}\"; {help}"
    ))
}

/// Returns the folder to write to: one in the cache, or the one asked for, which must be empty or
/// hold the manual.
fn output_folder(cache: &Path, asked: Option<&Path>) -> Result<OutputFolder, CommandError> {
    let here = std::env::current_dir().map_err(|error| CommandError::usage(error.to_string()))?;
    match asked {
        Some(asked) => Ok(OutputFolder::choose(cache, NOTES, &here, Some(asked))?),
        None => Ok(OutputFolder { path: cache.join("manual"), must_be_empty: false }),
    }
}

/// Writes the manual, unless it is there as this program makes it.
fn write(cache: &Path, folder: OutputFolder, terminal: &mut Terminal) -> Result<(), CommandError> {
    let sources = manual_sources();
    let options = BuildOptions {
        today: build::today(&BuildArgs::default())?,
        drafts: false,
        precompress: false,
        base_url: None,
        config: SourcePath::new("book.toml"),
        themes: BTreeSet::new(),
    };
    let print = Fingerprint::of(&(sources.fingerprint(), &options, env!("CARGO_PKG_VERSION")));
    let mut waits = || terminal.say("Waiting until another program has written the manual");
    let output = OutputWriter::open(cache, folder, OutputOptions::default(), &mut waits)?;
    if output.is_current(print).is_some() {
        return Ok(());
    }
    let write = |path: &OutputPath, bytes: &[u8]| output.stage(path, bytes);
    let built = Workspace::build(options, sources, output.earlier(), &write);
    // The tests build it, so this can't be.
    assert!(built.result.is_ok(), "the manual has errors: {:?}", built.diagnostics);
    let manifest = Manifest { book: Some(print), notes: built.notes, ..Manifest::default() };
    output.finish(manifest, &built.plan)?;
    Ok(())
}
