//! `fieldbook import`: notes of another program, written into the book. What they came from is only read, no file is
//! replaced, and a line of the report says what was dropped or guessed.
#![expect(clippy::disallowed_methods, reason = "commands look at and write files outside the book")]

use std::path::{Path, PathBuf};

use super::apart::real_path;
use super::build::{asked_of, options, outcome, read_config, root};
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, new_files, print};
use crate::authoring::{NewBook, NewFile, companion_files};
use crate::cli::{BringArgs, BuildArgs, CommonArgs};
use crate::diagnostic::{Diagnostic, Level};
use crate::disk::{self, DiskError, SourceChange};
use crate::hosting::{CodeHost, WorkflowSettings, workflow_files};
use crate::language::Language;
use crate::migration::{
    Collection, ImportRequest, MigratedBook, NewKind, NewSettings, UnfitPassage, WantedKind,
    format_named, migrate,
};
use crate::nearest::nearest;
use crate::path::SourcePath;
use crate::report;
use crate::slug::fit;
use crate::source::{Source, SourceEdit, Sources};
use crate::visible::shown_lines;
use crate::workspace::{BuildOptions, BuildResult, PublishedPages, Workspace, rules};

/// The most errors that are listed.
const MOST_ERRORS: usize = 50;

/// The most times that rules are relaxed, since one problem may hide another.
const ROUNDS: usize = 3;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &BringArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let root = root(common)?;
    let options = options(common, &BuildArgs::default())?;
    let unknown = || CommandError::usage(format!("{} is not a format", arguments.format));
    let format = format_named(&arguments.format).ok_or_else(unknown)?;
    terminal.progress("Reading the book");
    let book = disk::read(&root, &options.config)?;
    let is_new = book.get(&options.config).is_none();
    let Some(request) = request(&root, arguments, &options.config, is_new, terminal)? else {
        return Ok(CommandOutcome::Usage);
    };
    keep_apart(&root.join(&request.notes), &arguments.source)?;
    terminal.progress("Reading what is to be imported");
    let read = disk::read_collection(&arguments.source)?;
    let collection = Collection { name: read.name, files: read.files, left_out: read.left_out };
    terminal.progress("Making notes");
    let mut migrated = migrate(format, &collection, &request).map_err(CommandError::usage)?;
    drop(collection);
    terminal.progress("Checking the notes");
    let config = fitted(&mut migrated, &request, &options, &book, is_new);
    let Changes { mut new, left } = Changes::of(&book, &request.notes, &migrated);
    new.extend(config);
    let companions = if is_new { companions(&migrated, &request) } else { Vec::new() };
    let sources: Sources = book.into_files().chain(new.iter().cloned()).collect();
    if !arguments.dry_run {
        write(&root, &migrated, &new)?;
        new_files::write(&root, &companions, terminal)?;
    }
    report_of(arguments, &migrated, &left)?;
    for path in
        new.iter().map(|source| &source.path).chain(companions.iter().map(|file| &file.path))
    {
        let done = if arguments.dry_run { "would be new" } else { "new" };
        terminal.detail(&format!("{done}: {path}"));
    }
    terminal.progress("Checking the book");
    let config = options.config.clone();
    let BuildResult { diagnostics, .. } =
        Workspace::check(options, sources.clone(), PublishedPages::default());
    let errors = show(&diagnostics, &sources, terminal);
    terminal.say(&summary(&migrated, new.len(), left.len(), arguments, common, &diagnostics));
    let fine = errors == 0 && left.is_empty();
    Ok(match fine {
        true => CommandOutcome::Fine,
        false if errors == 0 => CommandOutcome::Content,
        false => outcome(&diagnostics, &config),
    })
}

/// Returns what the arguments ask for; none if the configuration of the book has errors, which are reported.
fn request(
    root: &Path,
    arguments: &BringArgs,
    config: &SourcePath,
    is_new: bool,
    terminal: &mut Terminal,
) -> Result<Option<ImportRequest>, CommandError> {
    let into = arguments.into.as_deref().unwrap_or_default().trim_matches('/').to_owned();
    let is_plain =
        |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']);
    if !into.is_empty() && !into.split('/').all(is_plain) {
        let message = format!("{into} is not a folder below that of the notes");
        return Err(CommandError::usage(message));
    }
    let notes = disk::notes_folder_of(root, config);
    let mut request = ImportRequest { notes, into, kind: None };
    let Some(name) = &arguments.kind else { return Ok(Some(request)) };
    if is_new {
        let name = fit(name).ok_or_else(|| CommandError::usage("a kind needs a name"))?;
        request.kind = Some(WantedKind { folder: name.clone(), name, fields: None });
        return Ok(Some(request));
    }
    let Some(config) = read_config(root, config, terminal) else { return Ok(None) };
    let Some((_, kind)) = config.kinds().find(|(_, kind)| kind.name == *name) else {
        let near = nearest(name, config.kinds.iter().map(|kind| kind.name.as_str()));
        let help = near.first().map_or(String::new(), |near| format!("; did you mean {near}?"));
        return Err(CommandError::usage(format!("the book has no kind {name}{help}")));
    };
    let fields = kind.fields.iter().map(|field| field.name.clone()).collect();
    let folder = kind.folder.clone().unwrap_or_default();
    request.kind = Some(WantedKind { name: name.clone(), folder, fields: Some(fields) });
    Ok(Some(request))
}

/// Fails if the notes of the book and what is to be imported lie in each other: an import only reads its source.
fn keep_apart(notes: &Path, source: &Path) -> Result<(), CommandError> {
    let (Some(notes), Some(source)) = (real_path(notes), real_path(source)) else { return Ok(()) };
    if notes.starts_with(&source) || source.starts_with(&notes) {
        return Err(CommandError::usage(format!(
            "{} and the notes of the book lie in each other; name a book elsewhere with -r, or write content = \"…\" in \
             book.toml to keep the notes where they are",
            source.display()
        )));
    }
    Ok(())
}

/// The files of an import, set beside those of the book.
struct Changes {
    /// Files that the book does not have.
    new: Vec<Source>,
    /// Files that the book has with other content. They are left as they are.
    left: Vec<String>,
}

impl Changes {
    fn of(book: &Sources, notes: &str, migrated: &MigratedBook) -> Self {
        let mut changes = Self { new: Vec::new(), left: Vec::new() };
        for (path, bytes) in &migrated.files {
            let place = SourcePath::of_book(notes, path);
            let source = Source::new(place, bytes.clone());
            match book.get(&source.path) {
                None => changes.new.push(source),
                Some(there) if there.content == source.content => {}
                Some(_) => changes.left.push(path.clone()),
            }
        }
        changes
    }
}

/// Changes what no book may have in the imported notes. Returns the configuration, if the book has none: rules that the
/// notes break from the start are warnings in it.
fn fitted(
    migrated: &mut MigratedBook,
    request: &ImportRequest,
    options: &BuildOptions,
    book: &Sources,
    is_new: bool,
) -> Option<Source> {
    if let Some(kind) = request.kind.as_ref().filter(|_| migrated.settings.kinds.is_empty()) {
        let (name, folder) = (kind.name.clone(), kind.folder.clone());
        migrated.settings.kinds.push(NewKind { name, folder, fields: Vec::new() });
    }
    let mut relaxed: Vec<&'static str> = Vec::new();
    let config = |migrated: &MigratedBook, relaxed: &[&str]| {
        let text = migrated.settings.text(relaxed).into_bytes();
        is_new.then(|| Source::new(options.config.clone(), text))
    };
    for _ in 0..ROUNDS {
        let files = migrated.files.iter();
        let notes = files.map(|(path, bytes)| {
            Source::new(SourcePath::of_book(&request.notes, path), bytes.clone())
        });
        let config = config(migrated, &relaxed);
        let sources: Sources = book.iter().cloned().chain(notes).chain(config).collect();
        let mut workspace = Workspace::new(options.clone());
        // Its problems are looked at in any case.
        let _ = workspace.open(sources.into_files().map(SourceEdit::Put).collect());
        let errors = workspace.diagnostics().iter().filter(|problem| problem.is_error());
        let (lasting, other): (Vec<&Diagnostic>, Vec<_>) =
            errors.partition(|problem| problem.rule.least() == Level::Error);
        let before = relaxed.len();
        relaxed.extend(other.iter().map(|problem| problem.rule.name));
        relaxed.sort_unstable();
        relaxed.dedup();
        let unfit = lasting.iter().map(|problem| UnfitPassage {
            path: problem.path.as_str().to_owned(),
            place: problem.span.start as usize..problem.span.end as usize,
            rule: problem.rule.name,
        });
        let is_mended = migrated.mend(unfit.collect());
        if relaxed.len() == before && !is_mended {
            break;
        }
    }
    config(migrated, &relaxed)
}

/// Returns the files of every new book besides its notes and its configuration, as `init` makes them.
fn companions(migrated: &MigratedBook, request: &ImportRequest) -> Vec<NewFile> {
    let NewSettings { title, language, .. } = &migrated.settings;
    let language = Language::new(language).or_else(|| Language::new("en"));
    let book = |language| NewBook { title: title.clone(), language };
    let files = |book| companion_files(&book, rules::all(), request.notes.is_empty());
    let mut all = language.map(book).map(files).unwrap_or_default();
    all.extend(workflow_files(CodeHost::Github, &WorkflowSettings::usual(None)));
    all
}

/// Writes all files, or none. The configuration is the one that is not among those that were imported.
fn write(root: &Path, migrated: &MigratedBook, new: &[Source]) -> Result<(), CommandError> {
    let mut changes = Vec::with_capacity(new.len());
    for source in new {
        let imported = migrated.files.get(source.path.as_str()).map(Vec::as_slice);
        let after = imported.or(source.text().map(str::as_bytes));
        changes.push(SourceChange { path: &source.path, before: None, after });
    }
    if let Some((path, why)) = disk::change(root, &changes)? {
        let (path, error) = (root.join(path.as_str()), std::io::Error::other(why));
        return Err(DiskError { path, error }.into());
    }
    Ok(())
}

/// Writes the report: a line for each remark.
fn report_of(
    arguments: &BringArgs,
    migrated: &MigratedBook,
    left: &[String],
) -> Result<(), CommandError> {
    let mut text: String = migrated.remarks.iter().map(|remark| format!("{remark}\n")).collect();
    for path in left {
        text += &format!("{path}: left as it is in the book, where it has other content\n");
    }
    match &arguments.report {
        None => print(&text),
        Some(file) => {
            let failed = |error| DiskError { path: PathBuf::from(file), error };
            std::fs::write(file, shown_lines(&text).as_bytes()).map_err(failed)?;
            Ok(())
        }
    }
}

/// Lists the errors of the book, and counts the problems by rule. Returns the number of errors.
fn show(diagnostics: &[Diagnostic], sources: &Sources, terminal: &mut Terminal) -> usize {
    let errors: Vec<Diagnostic> =
        diagnostics.iter().filter(|problem| problem.is_error()).cloned().collect();
    let listed = &errors[..errors.len().min(MOST_ERRORS)];
    if !listed.is_empty() {
        terminal.problems(&report::lines(listed, sources));
    }
    errors.len()
}

/// Returns a summary: `124 notes, 118 of 130 files are new; 12 remarks; …`.
fn summary(
    migrated: &MigratedBook,
    new: usize,
    left: usize,
    arguments: &BringArgs,
    common: &CommonArgs,
    diagnostics: &[Diagnostic],
) -> String {
    let (errors, warnings) = report::errors_and_warnings(diagnostics);
    let done = match (new, arguments.dry_run) {
        (0, _) => "nothing to change".to_owned(),
        (new, true) => format!("{} would be written", report::count(new, "file")),
        (new, false) => format!("{} written", report::count(new, "file")),
    };
    let left = match left {
        0 => String::new(),
        left => format!(", {} left as they are in the book", report::count(left, "file")),
    };
    format!(
        "{}, {done}{left}, {} in the report; the book has {} and {} (fieldbook check{})",
        report::count(migrated.notes, "note"),
        report::count(migrated.remarks.len(), "line"),
        report::count(errors, "error"),
        report::count(warnings, "warning"),
        asked_of(common),
    )
}
