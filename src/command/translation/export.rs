//! `fieldbook translation export`: texts of the book, written to files for translators.
#![expect(clippy::disallowed_methods, reason = "commands write files outside the book")]

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::import::read_catalogs;
use crate::cli::{CommonArgs, ExportArgs, ExportFormat, TextState};
use crate::command::asked_paths::{is_below, wanted};
use crate::command::build::root;
use crate::command::terminal::Terminal;
use crate::command::{CommandError, CommandOutcome, print, print_commands};
use crate::disk::{self, DiskError};
use crate::exchange::{Catalog, CatalogFormat, ExportSelection, NoteCatalog, export};
use crate::path::SourcePath;
use crate::report;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &ExportArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let root = root(common)?;
    let wanted = wanted(&root, &arguments.paths)?;
    let workspace = super::read(common, &root)?;
    let site = super::site(&workspace)?;
    let language = super::language(&site, &arguments.language)?;
    let previous = arguments.previous.as_deref().map(read_catalogs).transpose()?;
    let previous = previous.map(|files| Catalog {
        entries: files.into_iter().flat_map(|file| file.catalog.entries).collect(),
        ..Catalog::default()
    });
    let asked = |state| arguments.only.is_empty() || arguments.only.contains(&state);
    let selection = ExportSelection {
        language: &language,
        missing: asked(TextState::Missing),
        stale: asked(TextState::Stale),
        current: arguments.only.is_empty(),
        is_wanted: &|path| is_below(&wanted, path),
        previous: previous.as_ref(),
    };
    let notes = export(&site, workspace.sources(), &selection);
    let file = arguments.output.as_deref().and_then(|place| {
        let name = place.file_name()?.to_str()?;
        CatalogFormat::of_name(name).filter(|_| !place.is_dir())
    });
    let format = match arguments.format {
        Some(ExportFormat::Po) => CatalogFormat::Po,
        Some(ExportFormat::Csv) => CatalogFormat::Csv,
        None => file.unwrap_or(CatalogFormat::Po),
    };
    let write = |entries| {
        let (from, to) = (site.config.language().to_string(), language.to_string());
        format.write(&Catalog { title: site.config.title.clone(), from, to, entries })
    };
    let (count, texts) = (notes.len(), notes.iter().map(|note| note.entries.len()).sum());
    match &arguments.output {
        None if std::io::stdout().is_terminal() => print(&write(all(notes)))?,
        // A file has every sign as it is.
        None => print_commands(&write(all(notes)))?,
        Some(place) if file.is_some() => {
            let name = place.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty());
            let parent = parent.unwrap_or(Path::new(".")).to_owned();
            put(&parent, &[(name.to_owned(), write(all(notes)))])?;
        }
        Some(folder) => {
            let name = |name: &str| format!("{name}.{language}.{}", format.ending());
            let files = notes.into_iter().map(|note| (name(&note.name), write(note.entries)));
            put(folder, &files.collect::<Vec<_>>())?;
        }
    }
    let (texts, notes) = (report::count(texts, "text"), report::count(count, "note"));
    terminal.say(&format!("{texts} of {notes} exported"));
    Ok(CommandOutcome::Fine)
}

fn all(notes: Vec<NoteCatalog>) -> Vec<crate::exchange::CatalogEntry> {
    notes.into_iter().flat_map(|note| note.entries).collect()
}

/// Writes files where none are, so that no translator's work is lost.
fn put(folder: &Path, files: &[(String, String)]) -> Result<(), CommandError> {
    let taken: Vec<PathBuf> =
        files.iter().map(|(name, _)| folder.join(name)).filter(|place| place.exists()).collect();
    if let Some(first) = taken.first() {
        return Err(CommandError::usage(format!(
            "{} is there already and was left as it is; write to another place, with --previous if it holds \
             translations that are not in the book yet",
            first.display()
        )));
    }
    let made = std::fs::create_dir_all(folder);
    made.map_err(|error| DiskError { path: folder.to_owned(), error })?;
    for (name, text) in files {
        disk::write_new(folder, &SourcePath::new(name.as_str()), text.as_bytes())?;
    }
    Ok(())
}
