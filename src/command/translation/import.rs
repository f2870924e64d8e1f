//! `fieldbook translation import`: what translators made of exported files, written to the notes of the book.
#![expect(clippy::disallowed_methods, reason = "commands read files outside the book")]

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::cli::{CommonArgs, ImportArgs};
use crate::command::build::{asked_of, root};
use crate::command::terminal::Terminal;
use crate::command::{CommandError, CommandOutcome};
use crate::disk::{self, DiskError, SourceChange};
use crate::exchange::{CatalogFormat, ReadCatalog, import};
use crate::report;
use crate::source::TEXT_LIMIT;

/// The most problems that are listed.
const MOST_PROBLEMS: usize = 50;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &ImportArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let root = root(common)?;
    let catalogs = read_catalogs(&arguments.path)?;
    let workspace = super::read(common, &root)?;
    let site = super::site(&workspace)?;
    let code = language(arguments.language.as_deref(), &catalogs)?;
    let language = super::language(&site, &code)?;
    let imported = import(&site, workspace.sources(), &language, &catalogs, arguments.partial);
    let outcome = match imported {
        Ok(outcome) => outcome,
        Err(problems) => {
            let listed = problems.iter().take(MOST_PROBLEMS).map(|problem| format!("{problem}\n"));
            let mut message = listed.collect::<String>();
            if let Some(more) = problems.len().checked_sub(MOST_PROBLEMS).filter(|more| *more > 0) {
                message.push_str(&format!("and {} more\n", report::count(more, "problem")));
            }
            terminal.problems(&message);
            terminal.say(&format!(
                "{}, so nothing was written",
                report::count(problems.len(), "problem")
            ));
            return Ok(CommandOutcome::Content);
        }
    };
    let changes = outcome.changes.iter().map(|change| SourceChange {
        path: &change.path,
        before: change.before.as_deref().map(str::as_bytes),
        after: Some(change.after.as_bytes()),
    });
    if let Some((path, why)) = disk::change(&root, &changes.collect::<Vec<_>>())? {
        let (path, error) = (root.join(path.as_str()), io::Error::other(why));
        return Err(DiskError { path, error }.into());
    }
    for remark in &outcome.remarks {
        terminal.say(remark);
    }
    for change in &outcome.changes {
        let done = if change.before.is_some() { "changed" } else { "new" };
        terminal.say(&format!("{done}: {} ({})", change.path, report::count(change.taken, "text")));
    }
    terminal.say(&match outcome.changes.len() {
        0 if !outcome.remarks.is_empty() => "Nothing was written".to_owned(),
        0 => "Nothing to change: all translations in the files are in the book".to_owned(),
        count => format!(
            "{} written; fieldbook check{} says what is left to do",
            report::count(count, "note"),
            asked_of(common)
        ),
    });
    Ok(CommandOutcome::Fine)
}

/// Returns the code of the language of some files: the one that is asked for, or else the one that they name.
fn language(asked: Option<&str>, catalogs: &[ReadCatalog]) -> Result<String, CommandError> {
    let named = catalogs.iter().filter(|read| !read.catalog.to.is_empty());
    let mut code = asked.map(str::to_owned);
    for read in named {
        let named = &read.catalog.to;
        match &code {
            Some(code) if !code.eq_ignore_ascii_case(named) => {
                return Err(CommandError::usage(format!(
                    "{} holds translations into {named}, not into {code}; import each language by itself",
                    read.file
                )));
            }
            _ => code = Some(named.clone()),
        }
    }
    code.ok_or_else(|| {
        CommandError::usage(
            "the files don't say into which language they translate; say so with --language",
        )
    })
}

/// Reads a file for translators, or all that are in a folder.
pub(super) fn read_catalogs(path: &Path) -> Result<Vec<ReadCatalog>, CommandError> {
    let files = files(path)?;
    let mut catalogs = Vec::new();
    for place in &files {
        let file = place.display().to_string();
        let format = CatalogFormat::of_name(&file).ok_or_else(|| {
            CommandError::usage(format!(
                "{file}: the name of a file for translators ends in .po or .csv"
            ))
        })?;
        let text = text(place)?;
        let catalog = format.read(&text).map_err(|unreadable| {
            CommandError::usage(format!("{file}:{}: {}", unreadable.line, unreadable.why))
        })?;
        catalogs.push(ReadCatalog { file, catalog });
    }
    if catalogs.is_empty() {
        let message = format!("{} holds no file that ends in .po or .csv", path.display());
        return Err(CommandError::usage(message));
    }
    Ok(catalogs)
}

/// Returns the file at `path`, or those for translators below it, in the order of their names.
fn files(path: &Path) -> Result<Vec<PathBuf>, CommandError> {
    let failed = |error| DiskError { path: path.to_owned(), error };
    if !fs::metadata(path).map_err(failed)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(path).sort_by_file_name() {
        let entry = entry.map_err(|error| failed(error.into()))?;
        let is_catalog = entry.file_name().to_str().and_then(CatalogFormat::of_name).is_some();
        if entry.file_type().is_file() && is_catalog {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn text(path: &Path) -> Result<String, CommandError> {
    let failed = |error| DiskError { path: path.to_owned(), error };
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(failed)?;
    file.take(TEXT_LIMIT as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > TEXT_LIMIT {
        let message = format!("{} is larger than {} MB", path.display(), TEXT_LIMIT / 1024 / 1024);
        return Err(CommandError::usage(message));
    }
    String::from_utf8(bytes).map_err(|_| {
        CommandError::usage(format!(
            "{} is not UTF-8; save it as \"CSV UTF-8\" or with this encoding",
            path.display()
        ))
    })
}
