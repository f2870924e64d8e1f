//! `fieldbook set`: sets values of front matter, in one note or many.

use super::opened::OpenedBook;
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, list, print};
use crate::authoring::{Assignment, EditedFile, set_values};
use crate::cli::{CommonArgs, SetArgs};
use crate::note::{NoteId, Origin};
use crate::report;

/// The most files that are changed without a further word.
const MOST_AT_ONCE: usize = 20;

/// The most notes that can't be changed that are named.
const MOST_REASONS: usize = 10;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &SetArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let (mut names, mut assignments) = (Vec::new(), Vec::new());
    for text in &arguments.notes_and_values {
        match Assignment::read(text) {
            Some(assignment) => assignments.push(assignment),
            None => names.push(text.as_str()),
        }
    }
    if assignments.is_empty() {
        return Err(CommandError::usage("nothing is to be set: write field=value"));
    }
    let mut book = OpenedBook::read(common, true)?;
    let notes = notes(&book, &names, arguments)?;
    let (mut files, mut reasons) = (Vec::new(), Vec::new());
    for id in &notes {
        let path = &book.site.note(*id).source;
        let Some(source) = book.workspace.sources().get(path) else { continue };
        match set_values(source, &book.site.config, &assignments) {
            Ok(after) => {
                let before = source.text().unwrap_or_default();
                if after != before {
                    let (path, before) = (path.clone(), before.to_owned());
                    files.push(EditedFile { path, before, after });
                }
            }
            Err(why) => reasons.push(format!("{path}: {why}")),
        }
    }
    if !reasons.is_empty() {
        let more = reasons.len().saturating_sub(MOST_REASONS);
        reasons.truncate(MOST_REASONS);
        if more > 0 {
            reasons.push(format!("and {}", report::count(more, "more note")));
        }
        return Err(CommandError::usage(format!("nothing was written: {}", reasons.join("\n"))));
    }
    let (notes, changes) = (report::count(notes.len(), "note"), report::count(files.len(), "file"));
    if files.is_empty() {
        terminal.say(&format!("Nothing to change in {notes}"));
        return Ok(CommandOutcome::Fine);
    }
    let is_large = files.len() > MOST_AT_ONCE && !arguments.yes;
    if arguments.dry_run || is_large {
        let refused = book.prove(&files, terminal)?;
        if refused != CommandOutcome::Fine {
            return Ok(refused);
        }
        let diffs = files
            .iter()
            .map(|file| report::unified_diff(file.path.as_str(), &file.before, &file.after));
        print(&diffs.collect::<String>())?;
        let more = if is_large { "; to write so many, add --yes" } else { "" };
        terminal.say(&format!("{changes} would change{more}"));
        return Ok(CommandOutcome::Fine);
    }
    let outcome = book.write(&files, terminal)?;
    if outcome == CommandOutcome::Fine {
        for file in &files {
            terminal.detail(&format!("changed: {}", file.path));
        }
        terminal.say(&format!("{changes} changed"));
    }
    Ok(outcome)
}

/// Returns the notes that are meant: those named, as far as they are chosen by the filters.
fn notes(
    book: &OpenedBook,
    names: &[&str],
    arguments: &SetArgs,
) -> Result<Vec<NoteId>, CommandError> {
    let filter = list::filter(book, &arguments.filter)?;
    let mut found = Vec::new();
    let mut others = Vec::new();
    for name in names {
        match book.note_in(name) {
            Some(id) => found.push(id),
            None => match book.notes_below(name) {
                Some(below) => found.extend(below),
                None => others.push((*name).to_owned()),
            },
        }
    }
    found.extend(book.named(&others)?);
    if names.is_empty() {
        if filter.is_empty() {
            return Err(CommandError::usage(
                "name a note, a folder, or choose notes with --where, --kind and the like",
            ));
        }
        found.extend(book.site.notes().map(|(id, _)| id));
    } else if let Some(id) =
        found.iter().find(|id| book.site.note(**id).facts.origin != Origin::File)
    {
        let title = &book.site.note(*id).facts.card.title;
        return Err(CommandError::usage(format!("\"{title}\" has no file")));
    }
    found.sort();
    found.dedup();
    found.retain(|id| {
        book.site.note(*id).facts.origin == Origin::File && filter.takes(&book.site, *id)
    });
    Ok(found)
}
