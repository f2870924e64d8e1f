//! `fieldbook init`: makes a new book, or a book of notes that are there.
#![expect(
    clippy::disallowed_methods,
    reason = "commands make folders and read those that are named"
)]

mod copy;
mod layout;
mod summary;

use std::path::Path;

use super::build::options;
use super::prompt::{self, ChoiceQuestion};
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, new_files};
use crate::authoring::{
    AdoptedBook, BookTemplate, EditedFile, FieldChoice, NewBook, NewFile, adopt, book_files,
    companion_files, without_unfit_passages,
};
use crate::autofix::{FixedFile, fix_book};
use crate::cli::{BuildArgs, CommonArgs, InitArgs, StarterTemplate};
use crate::config::{label, title_of_file};
use crate::diagnostic::Diagnostic;
use crate::disk::{self, DiskError};
use crate::hosting::{CodeHost, WorkflowSettings, workflow_files};
use crate::language::Language;
use crate::path::SourcePath;
use crate::report;
use crate::table::quoted;
use crate::workspace::{BuildOptions, PublishedPages, Workspace, rules};
use layout::NotesLayout;

/// The file with the problems that the notes have at first. Books ignore the folder, whatever the folder of their notes.
pub(super) const BASELINE: &str = ".github/known-problems.json";

pub(super) fn run(
    common: &CommonArgs,
    arguments: &InitArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let folder = arguments.folder.as_ref().unwrap_or(&common.root);
    let config = options(common, &BuildArgs::default())?.config;
    if folder.join(config.as_str()).symlink_metadata().is_ok() {
        return Err(CommandError::usage(format!(
            "{} is there already: {}",
            folder.join(config.as_str()).display(),
            layout::foreign_config(&folder.join(config.as_str()))
        )));
    }
    let source = arguments.from.as_deref().map(NotesLayout::find).transpose()?;
    match &source {
        None => layout::refuse_notes(folder)?,
        Some(source) => source.refuse_inside(folder)?,
    }
    let (book, template) = wishes(arguments, folder, source.as_ref(), terminal)?;
    std::fs::create_dir_all(folder).map_err(|error| DiskError { path: folder.clone(), error })?;
    let root = folder.canonicalize().map_err(|error| DiskError { path: folder.clone(), error })?;
    let common = CommonArgs { root: root.clone(), config: common.config.clone(), ..*common };
    let options = options(&common, &BuildArgs::default())?;
    match source {
        None => new_book(&root, &book, template, terminal)?,
        Some(source) => of_notes(&root, &options, book, &source, terminal)?,
    }
    let place =
        if folder == Path::new(".") { String::new() } else { format!(" -r {}", folder.display()) };
    terminal.say(&format!("To see the site: fieldbook serve --open{place}"));
    Ok(CommandOutcome::Fine)
}

/// Returns what the user wants: what the arguments say, and answers to questions for the rest.
fn wishes(
    arguments: &InitArgs,
    folder: &Path,
    source: Option<&NotesLayout>,
    terminal: &mut Terminal,
) -> Result<(NewBook, BookTemplate), CommandError> {
    let asks = !arguments.yes && prompt::can_ask();
    let usual = match source {
        Some(source) => source.title.clone().unwrap_or_else(|| name_of(&source.folder)),
        None => name_of(folder),
    };
    let title = match &arguments.title {
        Some(title) => title.clone(),
        None if asks => prompt::ask(terminal, "Title", &usual)?,
        None => usual,
    };
    if title.trim().is_empty() || title.contains(char::is_control) {
        return Err(CommandError::usage("the title is a line with at least a letter"));
    }
    let code = match &arguments.language {
        Some(code) => code.clone(),
        None if asks => prompt::ask(terminal, "Language of the notes", "en")?,
        None => "en".to_owned(),
    };
    let language = Language::new(&code).ok_or_else(|| {
        CommandError::usage(format!("{code} is no code of a language such as en or pt-BR"))
    })?;
    let template = match arguments.template {
        Some(StarterTemplate::ContactGroup) => BookTemplate::ContactGroup,
        Some(StarterTemplate::Handbook) => BookTemplate::Handbook,
        Some(StarterTemplate::Empty) => BookTemplate::Empty,
        None if asks && source.is_none() => ask_template(terminal)?,
        None => BookTemplate::ContactGroup,
    };
    Ok((NewBook { title: title.trim().to_owned(), language }, template))
}

fn ask_template(terminal: &mut Terminal) -> Result<BookTemplate, CommandError> {
    let choice = |(name, _): &(&str, BookTemplate)| FieldChoice {
        written: (*name).to_owned(),
        shown: label(name),
    };
    let choices: Vec<FieldChoice> = BookTemplate::ALL.iter().map(choice).collect();
    let question = ChoiceQuestion {
        text: "Begin with",
        choices: &choices,
        many: false,
        is_open: false,
        usual: Some(1),
    };
    let chosen = question.ask(terminal)?;
    let named = |(name, _): &&(&str, BookTemplate)| chosen.iter().any(|chosen| chosen == name);
    Ok(BookTemplate::ALL.iter().find(named).map_or(BookTemplate::ContactGroup, |(_, named)| *named))
}

/// Returns a title made of the name of a folder.
fn name_of(folder: &Path) -> String {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let names = real.iter().rev().map(|name| name.to_string_lossy().into_owned());
    // The name of a language, or of a part of a repository, says nothing.
    let is_telling =
        |name: &String| name.len() > 3 && !["docs", "content", "book"].contains(&&**name);
    let name = names.take(2).find(is_telling);
    let title = title_of_file(&name.unwrap_or_default());
    if title.trim().is_empty() { "Our book".to_owned() } else { title }
}

fn new_book(
    root: &Path,
    book: &NewBook,
    template: BookTemplate,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let notes = book_files(template, book);
    let count = notes.iter().filter(|file| file.path.in_notes().is_some()).count();
    let mut files = notes;
    files.extend(companion_files(book, rules::all(), false));
    files.extend(workflow_files(CodeHost::Github, &WorkflowSettings::usual(None)));
    new_files::write(root, &files, terminal)?;
    terminal.say(&format!("A new book: book.toml, {}", report::count(count, "note")));
    Ok(())
}

/// Makes a book of notes that are there.
fn of_notes(
    root: &Path,
    options: &BuildOptions,
    book: NewBook,
    source: &NotesLayout,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let config = &options.config;
    let in_place = source.notes.strip_prefix(root).ok();
    let content = match in_place {
        Some(below) => {
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            parts.join("/")
        }
        None => "content".to_owned(),
    };
    let named = if content.is_empty() { "." } else { &content };
    let first = format!("title = {}\ncontent = {}\n", quoted(&book.title), quoted(named));
    if !disk::write_new(root, config, first.as_bytes())? {
        return Err(CommandError::usage(format!("{config} is there already")));
    }
    if in_place.is_none() {
        terminal.progress("Copying the notes");
        let copied = copy::copy(&source.notes, root, &content)?;
        copied.summary(&source.notes).iter().for_each(|line| terminal.say(line));
    }
    terminal.progress("Looking at the notes");
    let sources = disk::read(root, config)?;
    let adopted = adopt(options, sources, &book, &content);
    disk::rewrite(root, config, &first, &adopted.config)?;
    let adopted =
        if in_place.is_none() { fixed(root, options, adopted, terminal)? } else { adopted };
    let baseline = report::json(&adopted.problems, &adopted.sources);
    let baseline = NewFile { path: SourcePath::new(BASELINE), text: baseline };
    let mut files = companion_files(&book, rules::all(), content.is_empty());
    let settings = WorkflowSettings::usual(Some(baseline.path.clone()));
    files.extend(workflow_files(CodeHost::Github, &settings));
    files.push(baseline);
    new_files::write(root, &files, terminal)?;
    summary::say(&adopted, config, terminal);
    Ok(())
}

/// Fixes what is certain in notes that were copied, if errors are left that no setting relaxes.
fn fixed(
    root: &Path,
    options: &BuildOptions,
    adopted: AdoptedBook,
    terminal: &mut Terminal,
) -> Result<AdoptedBook, CommandError> {
    if !adopted.problems.iter().any(Diagnostic::is_error) {
        return Ok(adopted);
    }
    let unlinked = without_unfit_passages(&adopted.problems, &adopted.sources);
    for file in &unlinked {
        terminal.say(&format!("{}: passages that no book may have are text now", file.path));
    }
    super::opened::write_changes(root, &unlinked)?;
    let sources = disk::read(root, &options.config)?;
    let is_for_certain = |problem: &Diagnostic| problem.is_error();
    let fixed = fix_book(options.clone(), sources, PublishedPages::default(), &is_for_certain);
    let edited = |file: FixedFile| {
        let FixedFile { path, before, after, .. } = file;
        EditedFile { path, before, after }
    };
    let files: Vec<EditedFile> = fixed.files.into_iter().map(edited).collect();
    for file in &files {
        terminal.say(&format!("{}: mistakes were corrected, as fieldbook fix does", file.path));
    }
    super::opened::write_changes(root, &files)?;
    let sources = disk::read(root, &options.config)?;
    let read = Workspace::check(options.clone(), sources.clone(), PublishedPages::default());
    Ok(AdoptedBook { problems: read.diagnostics, sources, ..adopted })
}
