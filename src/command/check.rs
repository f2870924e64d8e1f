//! `fieldbook check`: reports the problems of the book, and fixes them if asked to. It does everything
//! that `build` does except writing the site, so that the two always agree.
#![expect(clippy::disallowed_methods, reason = "commands read files and the environment")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::build::{asked_of, outcome};
use super::judged::JudgedBook;
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, fix, print, print_commands};
use crate::cli::{CheckArgs, CommonArgs, FailOn, ReportFormat};
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
    let CheckArgs { paths, drafts, today, .. } = arguments;
    let book = JudgedBook::find(common, paths, *drafts, today.as_ref())?;
    let (root, config) = (&book.root, book.config());
    let baseline = arguments.baseline.as_deref().map(baseline).transpose()?;
    if arguments.fix || arguments.diff {
        let fixed = book.fixes(terminal)?.files;
        if arguments.diff {
            return fix::show(&fixed, terminal);
        }
        fix::write(root, &fixed, terminal)?;
    }
    terminal.progress("Reading the book");
    let sources = book.read()?;
    terminal.progress("Checking the book");
    let (options, pages) = (book.options.clone(), book.pages.clone());
    let BuildResult { mut diagnostics, notes, .. } = Workspace::check(options, sources, pages);
    diagnostics.retain(|diagnostic| book.is_wanted(diagnostic));
    let known = baseline.map_or(0, |baseline| baseline.leave_out(&mut diagnostics));
    let files = diagnostics.iter().map(|diagnostic| &diagnostic.path);
    let sources = disk::read_again(root, files);
    show(arguments, root, &diagnostics, &sources, terminal)?;
    if matches!(arguments.format.unwrap_or_else(format), ReportFormat::Human | ReportFormat::Line) {
        let asked = arguments.baseline.is_none().then(|| asked_of(common));
        let tally = report::tally(&diagnostics, asked.as_deref());
        if !tally.is_empty() {
            terminal.problems(&tally);
        }
    }
    terminal.say(&(summary(&diagnostics, notes, known, start) + &fixable(&diagnostics)));
    Ok(ending(arguments.fail_on, &diagnostics, config))
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
        ReportFormat::Gitlab => print(&report::gitlab(diagnostics, sources, &prefix(root))),
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

/// Returns the path from the folder in which a code host keeps the repository to the book, with a trailing slash; empty
/// if this is no run of a code host.
fn prefix(root: &Path) -> String {
    let mut variables = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].into_iter();
    let workspace = variables.find_map(std::env::var_os).map(PathBuf::from);
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
        count => format!("; fieldbook fix may fix {count}"),
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
