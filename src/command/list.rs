//! `fieldbook list`: lists notes of the book, their links, fields and values, on the standard output.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::opened::{OpenedBook, shown_path};
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, build, print};
use crate::cli::{
    BuildArgs, CommonArgs, FilterArgs, ListArgs, ListFormArgs, ListFormatName, Listing,
};
use crate::config::Status;
use crate::date::Date;
use crate::disk;
use crate::listing::{self, ListFormat, Listed, NoteFilter, ValueCondition};
use crate::nearest::nearest;
use crate::note::NoteId;
use crate::report;
use crate::source::SourceEdit;
use crate::visible::shown;
use crate::workspace::Workspace;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &ListArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    match &arguments.what {
        Listing::Search { words, limit, drafts } => {
            search(common, words, *limit, *drafts, terminal)
        }
        Listing::Notes { filter: asked, sort, form } => {
            let book = OpenedBook::read(common, form.drafts || asks_for_drafts(asked))?;
            let mut notes = chosen(&book, asked)?;
            if let Some(key) = sort {
                known_key(&book, key.trim_start_matches('-'))?;
                listing::sorted(&book.site, &mut notes, key);
            }
            show(&listing::listed_notes(&book.site, &notes), form, "note", terminal)
        }
        Listing::Links { notes, filter: asked, form } => {
            let book = OpenedBook::read(common, form.drafts || asks_for_drafts(asked))?;
            let mut chosen = chosen(&book, asked)?;
            if !notes.is_empty() {
                let named: BTreeSet<NoteId> = book.named(notes)?.into_iter().collect();
                chosen.retain(|id| named.contains(id));
            }
            let list = listing::links(&book.site, book.workspace.sources(), &chosen);
            show(&list, form, "link", terminal)
        }
        Listing::Backlinks { note, filter: asked, form } => {
            let book = OpenedBook::read(common, form.drafts || asks_for_drafts(asked))?;
            let (id, filter) = (book.note(note)?, filter(&book, asked)?);
            show(&listing::backlinks(&book.site, id, &filter), form, "note", terminal)
        }
        Listing::Fields { filter: asked, form } => {
            let book = OpenedBook::read(common, form.drafts || asks_for_drafts(asked))?;
            let notes = chosen(&book, asked)?;
            show(&listing::fields(&book.site, &notes), form, "field", terminal)
        }
        Listing::Values { field, filter: asked, form } => {
            let book = OpenedBook::read(common, form.drafts || asks_for_drafts(asked))?;
            known_key(&book, field)?;
            let notes = chosen(&book, asked)?;
            show(&listing::values(&book.site, &notes, field), form, "value", terminal)
        }
        Listing::Files { form } => {
            let book = OpenedBook::read(common, form.drafts)?;
            let list = listing::files(&book.site, book.workspace.sources());
            show(&list, form, "file", terminal)
        }
    }
}

/// Prints a list, and says how many `things` are in it.
fn show(
    list: &Listed,
    form: &ListFormArgs,
    things: &str,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let format = match form.format {
        ListFormatName::Table => ListFormat::Table,
        ListFormatName::Paths => ListFormat::Paths,
        ListFormatName::Csv => ListFormat::Csv,
        ListFormatName::Json => ListFormat::Json,
    };
    print(&list.written(format))?;
    if format == ListFormat::Table {
        terminal.say(&report::count(list.rows.len(), things));
    }
    Ok(CommandOutcome::Fine)
}

/// Returns whether the conditions name drafts, which are read then without a further word.
fn asks_for_drafts(asked: &FilterArgs) -> bool {
    let is_draft = |text: &String| matches!(text.as_str(), "status=draft" | "draft=true");
    asked.status.iter().any(|name| name == "draft") || asked.where_.iter().any(is_draft)
}

/// Returns the notes that fit the conditions.
fn chosen(book: &OpenedBook, asked: &FilterArgs) -> Result<Vec<NoteId>, CommandError> {
    Ok(listing::notes(&book.site, &filter(book, asked)?))
}

/// Refuses a key that no note can have.
fn known_key(book: &OpenedBook, key: &str) -> Result<(), CommandError> {
    let condition = NoteFilter { missing: vec![key.to_owned()], ..NoteFilter::default() };
    refuse_unknown(book, &condition)
}

fn refuse_unknown(book: &OpenedBook, filter: &NoteFilter) -> Result<(), CommandError> {
    let Some(key) = filter.unknown_key(&book.site) else { return Ok(()) };
    let near = nearest(key, listing::keys(&book.site));
    let help = near.first().map_or(String::new(), |near| format!("; did you mean {near}?"));
    Err(CommandError::usage(format!("no note has a field \"{key}\"{help}")))
}

/// Reads conditions as they are typed.
pub(super) fn filter(book: &OpenedBook, asked: &FilterArgs) -> Result<NoteFilter, CommandError> {
    let config = &book.site.config;
    let mut filter = NoteFilter { missing: asked.missing.clone(), ..NoteFilter::default() };
    for name in &asked.kind {
        let found = config.kind_named(name).ok_or_else(|| {
            let names = || config.kinds.iter().map(|kind| kind.name.as_str());
            unknown("kind", name, names().collect())
        })?;
        filter.kinds.push(found);
    }
    for name in &asked.status {
        let found = Status::ALL.iter().find(|(other, _)| other == name);
        let unknown =
            || unknown("status", name, Status::ALL.iter().map(|(name, _)| *name).collect());
        filter.statuses.push(found.ok_or_else(unknown)?.1);
    }
    for text in &asked.where_ {
        let condition = ValueCondition::read(text);
        let wrong = || CommandError::usage(format!("\"{text}\" is not of the form field=value"));
        filter.values.push(condition.ok_or_else(wrong)?);
    }
    let (links_to, linked_by) = (book.named(&asked.links_to)?, book.named(&asked.linked_by)?);
    filter = filter.with_links(&book.site, &links_to, &linked_by);
    let date = |text: &Option<String>| match text {
        None => Ok(None),
        Some(text) => Date::parse(text).map(Some).ok_or_else(|| {
            CommandError::usage(format!("{text} is not a date such as 2024-06-24, 2024-06 or 2024"))
        }),
    };
    (filter.since, filter.until) = (date(&asked.since)?, date(&asked.until)?);
    refuse_unknown(book, &filter)?;
    Ok(filter)
}

fn unknown(what: &str, name: &str, names: Vec<&str>) -> CommandError {
    let help = match nearest(name, names.iter().copied()).first() {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there are {}", names.join(", ")),
    };
    CommandError::usage(format!("no {what} is called \"{name}\"; {help}"))
}

fn search(
    common: &CommonArgs,
    words: &[String],
    limit: usize,
    drafts: bool,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let root = build::root(common)?;
    let options = build::options(common, &BuildArgs { drafts, ..BuildArgs::default() })?;
    let sources = disk::read(&root, &options.config)?;
    let mut workspace = Workspace::new(options);
    // Problems are reported by `build`; the notes that can be read can be found.
    let _ = workspace.update(sources.into_files().map(SourceEdit::Put).collect());
    let Some(site) = workspace.site() else {
        return Err(CommandError::usage("the book can't be read; fieldbook build says why"));
    };
    let mut out = String::new();
    let hits = workspace.find(&words.join(" "));
    for hit in hits.iter().take(limit) {
        let title = &site.note(hit.id).facts.card.title;
        let _ = writeln!(out, "{}\t{}", shown(shown_path(site, hit.id)), shown(title));
    }
    print(&out)?;
    terminal.say(&report::count(hits.len(), "note"));
    Ok(CommandOutcome::Fine)
}
