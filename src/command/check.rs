//! `fieldbook check`: reports the problems of the book, and fixes them if asked to. It does everything
//! that `build` does except writing the site, so that the two always agree.
#![expect(clippy::disallowed_methods, reason = "commands read files and the environment")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::build::{asked_of, options, outcome, root};
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, fix, print, print_commands};
use crate::autofix::fix_book;
use crate::cli::{BuildArgs, CheckArgs, CommonArgs, FailOn, ReportFormat};
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::path::SourcePath;
use crate::report::{self, KnownProblems};
use crate::source::Sources;
use crate::workspace::{BuildResult, Workspace};

pub(super) fn run(
    common: &CommonArgs,
    arguments: &CheckArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let start = Instant::now();
    let root = root(common)?;
    let asked = BuildArgs {
        drafts: arguments.drafts,
        today: arguments.today.clone(),
        ..BuildArgs::default()
    };
    let options = options(common, &asked)?;
    let wanted = wanted(&root, &arguments.paths)?;
    let baseline = arguments.baseline.as_deref().map(baseline).transpose()?;
    terminal.progress("Reading the book");
    let config = options.config.clone();
    let mut sources = disk::read(&root, &config)?;
    if arguments.fix || arguments.diff {
        terminal.progress("Looking for fixes");
        let is_wanted = |problem: &Diagnostic| is_wanted(&wanted, &config, problem);
        let fixed = fix_book(options.clone(), sources, &is_wanted);
        if arguments.diff {
            return fix::show(&fixed, terminal);
        }
        fix::write(&root, &fixed, terminal)?;
        sources = disk::read(&root, &config)?;
    }
    terminal.progress("Checking the book");
    let BuildResult { mut diagnostics, notes, .. } =
        Workspace::build(options, sources, BTreeMap::new(), &|_, _| {});
    diagnostics.retain(|diagnostic| is_wanted(&wanted, &config, diagnostic));
    let known = baseline.map_or(0, |baseline| baseline.leave_out(&mut diagnostics));
    let files = diagnostics.iter().map(|diagnostic| &diagnostic.path);
    let sources = disk::read_again(&root, files);
    show(arguments, &root, &diagnostics, &sources, terminal)?;
    if matches!(arguments.format.unwrap_or_else(format), ReportFormat::Human | ReportFormat::Line) {
        let asked = arguments.baseline.is_none().then(|| asked_of(common));
        let tally = report::tally(&diagnostics, asked.as_deref());
        if !tally.is_empty() {
            terminal.problems(&tally);
        }
    }
    terminal.say(&(summary(&diagnostics, notes, known, start) + &fixable(&diagnostics)));
    Ok(ending(arguments.fail_on, &diagnostics, &config))
}

fn show(
    arguments: &CheckArgs,
    root: &Path,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    match arguments.format.unwrap_or_else(format) {
        ReportFormat::Human => {
            if !diagnostics.is_empty() {
                terminal.problems(&report::human(diagnostics, sources));
            }
            Ok(())
        }
        ReportFormat::Line => print(&report::lines(diagnostics, sources)),
        ReportFormat::Json => print(&report::json(diagnostics, sources)),
        ReportFormat::Sarif => print(&report::sarif(diagnostics, sources, &prefix(root))),
        ReportFormat::Github => {
            let prefix = prefix(root);
            let table = report::job_summary(diagnostics, sources, &prefix);
            let summarised = append_summary(&table)?;
            print_commands(&report::annotations(diagnostics, sources, &prefix))?;
            // If there is no job summary, the log gets all problems.
            if summarised { Ok(()) } else { print(&report::lines(diagnostics, sources)) }
        }
    }
}

/// Returns the default format.
fn format() -> ReportFormat {
    match std::env::var("GITHUB_ACTIONS").as_deref() {
        Ok("true") => ReportFormat::Github,
        _ => ReportFormat::Human,
    }
}

/// Returns the path from the workspace of GitHub Actions to the book, with a trailing slash; empty
/// if there is no workspace.
fn prefix(root: &Path) -> String {
    let workspace = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
    let workspace = workspace.and_then(|path| path.canonicalize().ok());
    let below =
        workspace.and_then(|workspace| root.strip_prefix(workspace).ok().map(Path::to_owned));
    let parts = below.unwrap_or_default();
    parts.iter().map(|part| format!("{}/", part.to_string_lossy())).collect()
}

/// Appends to the job summary; returns false if there is none.
fn append_summary(table: &str) -> Result<bool, CommandError> {
    let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) else {
        return Ok(false);
    };
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(&file);
    let written = opened.and_then(|mut file| file.write_all(table.as_bytes()));
    let failure = |error| disk::DiskError { path: PathBuf::from(&file), error };
    written.map_err(failure)?;
    Ok(true)
}

fn baseline(file: &Path) -> Result<KnownProblems, CommandError> {
    let failed = |why: String| CommandError::usage(format!("{}: {why}", file.display()));
    let bytes =
        disk::read_file(file).map_err(|failure| CommandError::usage(failure.to_string()))?;
    KnownProblems::read(&bytes).map_err(failed)
}

/// Returns the requested paths as paths in the book.
pub(super) fn wanted(root: &Path, paths: &[PathBuf]) -> Result<Vec<String>, CommandError> {
    paths.iter().map(|path| path_in_book(root, path)).collect()
}

/// Returns a path as one in the book: relative to the current folder, or else to the book.
pub(super) fn path_in_book(root: &Path, path: &Path) -> Result<String, CommandError> {
    let real = path.canonicalize().or_else(|_| root.join(path).canonicalize());
    let real = real.map_err(|error| CommandError::usage(format!("{}: {error}", path.display())))?;
    let below = real.strip_prefix(root);
    let outside = |_| CommandError::usage(format!("{} is not in the book", path.display()));
    let parts: Vec<_> = below.map_err(outside)?.iter().map(|part| part.to_string_lossy()).collect();
    Ok(parts.join("/"))
}

/// Returns whether a problem is at one of the requested paths. Problems of the configuration are
/// always included: if it can't be read, nothing that is reported of a note can be relied on.
fn is_wanted(wanted: &[String], config: &SourcePath, diagnostic: &Diagnostic) -> bool {
    diagnostic.path == *config || is_below(wanted, &diagnostic.path)
}

/// Returns whether a file is one of the requested paths, or below one, or whether none are requested.
pub(super) fn is_below(wanted: &[String], path: &SourcePath) -> bool {
    let covers = |folder: &String| {
        let rest = path.as_str().strip_prefix(folder.as_str());
        folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    wanted.is_empty() || wanted.iter().any(covers)
}

/// Returns a summary: `124 notes, 2 errors, 1 warning in 38 ms`.
fn summary(diagnostics: &[Diagnostic], notes: usize, known: usize, start: Instant) -> String {
    let (errors, warnings) = report::errors_and_warnings(diagnostics);
    let known = match known {
        0 => String::new(),
        known => format!(", {} left out", report::count(known, "known problem")),
    };
    format!(
        "{}, {}, {}{known} in {} ms",
        report::count(notes, "note"),
        report::count(errors, "error"),
        report::count(warnings, "warning"),
        start.elapsed().as_millis()
    )
}

/// Returns a hint that some problems can be fixed; empty if none can.
fn fixable(diagnostics: &[Diagnostic]) -> String {
    match diagnostics.iter().filter(|diagnostic| diagnostic.safe_fix().is_some()).count() {
        0 => String::new(),
        count => format!("; check --fix may fix {count}"),
    }
}

fn ending(fail_on: FailOn, diagnostics: &[Diagnostic], config: &SourcePath) -> CommandOutcome {
    let fails = match fail_on {
        FailOn::Error => diagnostics.iter().any(Diagnostic::is_error),
        FailOn::Warning => !diagnostics.is_empty(),
        FailOn::Never => false,
    };
    if fails { outcome(diagnostics, config) } else { CommandOutcome::Fine }
}
