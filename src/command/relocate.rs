//! `fieldbook mv`: moves a note, a folder or another file, with every link that leads there.
#![expect(clippy::disallowed_methods, reason = "commands read the environment")]

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::asked_paths::path_in_book;
use super::opened::OpenedBook;
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, print};
use crate::change::{ChangedFile, MoveError, MovedPaths, Relocation, RelocationError, relocate};
use crate::cli::{CommonArgs, MoveArgs};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, SourceChange};
use crate::path::SourcePath;
use crate::report;
use crate::site::Site;
use crate::source::{Source, SourceRole, Sources};
use crate::visible::shown;

/// The rule about addresses that two pages ask for.
const SAME_ADDRESS: &str = "same-address";

pub(super) fn run(
    common: &CommonArgs,
    arguments: &MoveArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    terminal.progress("Reading the book");
    let mut book = OpenedBook::read(common, true)?;
    let (site, sources) = (Arc::clone(&book.site), book.workspace.sources().clone());
    let old = match path_in_book(&book.root, &arguments.old) {
        Ok(path) => path,
        Err(_) => {
            let id = book.note(&arguments.old.to_string_lossy())?;
            site.note(id).source.as_str().to_owned()
        }
    };
    let new = new_path(&book.root, &site.config, &arguments.new)?;
    let moved = MovedPaths::find(&site.config, &sources, &old, &new).map_err(refusal)?;
    let config = SourcePath::new(site.config.path.as_str());
    terminal.progress("Moving");
    let relocation =
        relocate(&mut book.workspace, &moved, &config, !arguments.no_alias).map_err(|error| {
            match of_folder_page(&error, &site, &moved) {
                Some(refused) => refused,
                None => unproved(error, &sources, book.workspace.sources(), terminal),
            }
        })?;
    let files = relocation.changes.files(&sources).unwrap_or_default();
    if !arguments.dry_run {
        let changes = files.iter().map(|file| SourceChange {
            path: &file.path,
            before: file.before.as_deref(),
            after: file.after.as_deref(),
        });
        if let Some((path, why)) = disk::change(&book.root, &changes.collect::<Vec<_>>())? {
            return Err(CommandError::usage(format!("nothing was moved: {path}: {why}")));
        }
    }
    if arguments.json {
        print(&json(&relocation))?;
    } else {
        let verb = if arguments.dry_run { "would move" } else { "moved" };
        for (old, new) in &relocation.changes.moves {
            terminal.say(&format!("{verb}: {} to {}", shown(old.as_str()), shown(new.as_str())));
        }
        if arguments.dry_run {
            print(&diffs(&relocation, &sources, &files))?;
        }
    }
    if !relocation.warnings.is_empty() {
        terminal.problems(&report::human(&relocation.warnings, book.workspace.sources()));
    }
    let links = report::count(relocation.links, "link");
    let moves = report::count(relocation.changes.moves.len(), "file");
    let verb = if arguments.dry_run { "would be moved" } else { "moved" };
    terminal.say(&format!("{moves} {verb}, {links} rewritten"));
    Ok(CommandOutcome::Fine)
}

/// Returns the new place as a path in the book. One that is not in the folder of the notes or in `static/`, as seen from
/// the current folder, is one below the folder of the notes.
fn new_path(root: &Path, config: &Config, new: &Path) -> Result<String, CommandError> {
    let current = std::env::current_dir().and_then(|folder| folder.canonicalize());
    let current = current.map_err(|error| CommandError::usage(error.to_string()))?;
    let inside = |path: PathBuf| {
        let below = normal(&path)?.strip_prefix(root).ok()?.to_path_buf();
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        Some(parts.join("/"))
    };
    let slash = if new.to_string_lossy().ends_with(['/', '\\']) { "/" } else { "" };
    let holds_sources = |path: &String| {
        let file = SourcePath::of_book(&config.content, &format!("{path}/x.md"));
        matches!(SourceRole::of(&file), SourceRole::Note | SourceRole::Static)
    };
    let found = inside(current.join(new)).filter(holds_sources);
    let found = found.or_else(|| inside(root.join(new)).filter(holds_sources));
    let found = found.or_else(|| inside(root.join(&config.content).join(new)));
    let outside = || CommandError::usage(format!("{} is not in the book", new.display()));
    Ok(found.ok_or_else(outside)? + slash)
}

/// Returns a path without `.` and `..`, which are taken as written.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if !normal.pop() => return None,
            Component::ParentDir => {}
            part => normal.push(part),
        }
    }
    Some(normal)
}

fn refusal(error: MoveError) -> CommandError {
    CommandError::usage(error.to_string())
}

/// Returns the refusal to move the page of a folder, such as the home page, with its address: another page stands there
/// as soon as its file is gone.
fn of_folder_page(
    error: &RelocationError,
    site: &Site,
    moved: &MovedPaths,
) -> Option<CommandError> {
    let RelocationError::Errors(errors) = error else { return None };
    let (old, new, page) = moved.files.iter().find_map(|(old, new)| {
        let place = &site.note(site.note_at(old)?).facts.place;
        place.is_index().then_some((old, new, &place.output))
    })?;
    let is_of_it = |error: &Diagnostic| error.path == *new && error.rule.name == SAME_ADDRESS;
    errors.iter().all(is_of_it).then(|| {
        CommandError::usage(format!(
            "nothing was moved: {old} is the page of its folder, and without it the book makes another one at {page}, \
             so that address can't lead to {new}; to move the note without its address, add --no-alias"
        ))
    })
}

/// Returns the reason why a move was not proved. New errors are reported.
fn unproved(
    error: RelocationError,
    before: &Sources,
    after: &Sources,
    terminal: &mut Terminal,
) -> CommandError {
    CommandError::usage(match error {
        RelocationError::Unreadable => "the book can't be read".to_owned(),
        RelocationError::FrontMatter(path) => format!(
            "{path}: its front matter can't be read, so its old address can't be added to aliases: \
             correct it first (check shows how), or use --no-alias"
        ),
        RelocationError::NotRead => {
            "a file to be moved is too large, or is a link out of the book".to_owned()
        }
        RelocationError::Link { path, span, written } => {
            let text = before.get(&path).map(Source::shown).unwrap_or_default();
            let line = text[..span.within(text).start].matches('\n').count() + 1;
            format!(
                "nothing was moved: the link to {} in {path}, line {line}, would no longer lead to the same place; \
                 change it first",
                shown(&written)
            )
        }
        RelocationError::Errors(errors) => {
            terminal.problems(&report::human(&errors, after));
            let errors = report::count(errors.len(), "new error");
            format!("nothing was moved: the book would have {errors}")
        }
    })
}

/// Returns the changes of texts as unified diffs, with the names of the files after the move.
fn diffs(relocation: &Relocation, sources: &Sources, files: &[ChangedFile]) -> String {
    let diff = |old: &SourcePath| {
        let new = relocation.changes.moves.get(old).unwrap_or(old);
        let after = files.iter().find(|file| file.path == *new)?.after.as_deref()?;
        let after = std::str::from_utf8(after).ok()?;
        Some(report::unified_diff(new.as_str(), sources.get(old)?.text()?, after))
    };
    relocation.changes.edits.keys().filter_map(diff).collect()
}

/// The changes of a move, for programs.
#[derive(Serialize)]
struct MoveReport<'a> {
    moves: Vec<MovedFile<'a>>,
    edits: Vec<ReportedEdit<'a>>,
}

/// A file of a [`MoveReport`].
#[derive(Serialize)]
struct MovedFile<'a> {
    from: &'a str,
    to: &'a str,
}

/// An edit of a file, which is named by its place before the move; `start` and `end` are bytes.
#[derive(Serialize)]
struct ReportedEdit<'a> {
    path: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

/// Returns the changes as JSON.
fn json(relocation: &Relocation) -> String {
    let moves = relocation.changes.moves.iter();
    let moves = moves.map(|(from, to)| MovedFile { from: from.as_str(), to: to.as_str() });
    let edits = relocation.changes.edits.iter().flat_map(|(path, edits)| {
        edits.iter().map(|edit| ReportedEdit {
            path: path.as_str(),
            start: edit.span.start,
            end: edit.span.end,
            text: &edit.text,
        })
    });
    let report = MoveReport { moves: moves.collect(), edits: edits.collect() };
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}
