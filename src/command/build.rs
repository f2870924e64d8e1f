//! `fieldbook build`: writes the site to a folder.
#![expect(clippy::disallowed_methods, reason = "commands read the clock and the environment")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::terminal::Terminal;
use super::{CommandError, CommandOutcome};
use crate::cli::{BuildArgs, CommonArgs};
use crate::config::{Config, is_base_url, with_slash};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::disk::{
    self, Manifest, OutputFolder, OutputOptions, OutputWriter, SavedReport, WriteSummary,
};
use crate::fingerprint::Fingerprint;
use crate::path::{OutputPath, SourcePath};
use crate::report;
use crate::visible::shown;
use crate::workspace::{BuildOptions, BuildResult, Workspace, rules};

pub(super) fn run(
    common: &CommonArgs,
    arguments: &BuildArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let start = Instant::now();
    let root = root(common)?;
    let options = options(common, arguments)?;
    let config = options.config.clone();
    let place = output_folder(&root, &config, arguments)?;
    let folder = place.path.clone();
    terminal.progress("Reading the book");
    let sources = disk::read(&root, &options.config)?;
    let book = Fingerprint::of(&(sources.fingerprint(), &options, env!("CARGO_PKG_VERSION")));
    let asked = OutputOptions { allow_foreign: arguments.allow_foreign, verify: arguments.verify };
    let mut waits =
        || terminal.say("Waiting for another build of this book or to this folder to end");
    let output = OutputWriter::open(&root, place, asked, &mut waits)?;
    if let Some(trouble) = output.trouble() {
        terminal.say(&format!(
            "The record of written files can't be saved ({trouble}), so the next build to this folder will \
             not recognise them: set XDG_STATE_HOME to a folder outside the book"
        ));
    }
    // With --verbose, the full report is made for an unchanged book, too.
    if let Some(manifest) = output.is_current(book).filter(|_| !common.verbose) {
        let (pages, saved) = (page_count(manifest.files.keys()), &manifest.saved);
        if saved.problems > 0 {
            terminal.problems(&saved.report);
        }
        terminal.say(&summary(manifest.notes, pages, saved.problems, start, "nothing to do"));
        return Ok(CommandOutcome::Fine);
    }
    terminal.progress("Making the site");
    let write = |path: &OutputPath, bytes: &[u8]| output.stage(path, bytes);
    let config = options.config.clone();
    let BuildResult { result, diagnostics: problems, notes, plan, pages, withheld } =
        Workspace::build(options, sources, output.earlier(), &write);
    let mut saved = SavedReport { problems: problems.len(), ..SavedReport::default() };
    if !problems.is_empty() {
        let files = problems.iter().map(|problem| &problem.path);
        saved.report = report::human(&problems, &disk::read_again(&root, files));
        saved.report += &report::tally(&problems, Some(&asked_of(common)));
        terminal.problems(&saved.report);
    }
    if result.is_err() {
        output.discard();
        terminal.say(&stopped(&problems, notes, start));
        return Ok(outcome(&problems, &config));
    }
    terminal.progress("Writing the site");
    let manifest = Manifest { book: Some(book), notes, saved, pages, ..Manifest::default() };
    let written = output.finish(manifest, &plan)?;
    let is_idle = written.files.is_empty() && written.removed.is_empty();
    if common.verbose {
        details(&written, terminal);
        left_out(&root, &config, withheld, terminal);
    }
    if let Some(first) = written.left.first() {
        let left = report::count(written.left.len(), "file");
        terminal.say(&format!(
            "{left} in {} are no longer part of the site, but were changed since Fieldbook wrote them, such as \
             {first}; they were left in place",
            folder.display()
        ));
    }
    let more = if common.verbose && is_idle { "nothing to do" } else { "" };
    terminal.say(&summary(notes, page_count(plan.keys()), problems.len(), start, more));
    Ok(CommandOutcome::Fine)
}

/// Reports which files were written, and which were removed.
fn details(written: &WriteSummary, terminal: &mut Terminal) {
    for file in &written.files {
        terminal.detail(&format!("written: {file}"));
    }
    for file in &written.removed {
        terminal.detail(&format!("removed: {file}"));
    }
    let (size, removed) = (report::count(written.files.len(), "file"), written.removed.len());
    let size = format!("{size} written ({} kB), {removed} removed", written.bytes / 1000);
    terminal.detail(&size);
}

/// Reports which files of the book were left out on purpose, and why: because of their names, or
/// because they are `withheld`.
fn left_out(
    root: &Path,
    config: &SourcePath,
    withheld: Vec<(SourcePath, &'static str)>,
    terminal: &mut Terminal,
) {
    let mut all = disk::skipped(root, config);
    all.extend(withheld);
    all.sort();
    for (file, why) in all {
        terminal.detail(&format!("left out: {file} ({why})"));
    }
}

pub(super) fn root(common: &CommonArgs) -> Result<PathBuf, CommandError> {
    let root = &common.root;
    root.canonicalize().map_err(|error| CommandError::usage(format!("{}: {error}", root.display())))
}

/// Reads the configuration at `path` for a command that needs nothing else of the book. Returns none if it has
/// errors, which are reported.
pub(super) fn read_config(
    root: &Path,
    path: &SourcePath,
    terminal: &mut Terminal,
) -> Option<Config> {
    let sources = disk::read_again(root, [path].into_iter());
    let mut problems = Vec::new();
    let config = Config::read(path, sources.get(path), rules::all(), &mut problems);
    if problems.iter().any(Diagnostic::is_error) {
        terminal.problems(&report::human(&problems, &sources));
        return None;
    }
    Some(config)
}

pub(super) fn options(
    common: &CommonArgs,
    arguments: &BuildArgs,
) -> Result<BuildOptions, CommandError> {
    let config = common.config.strip_prefix("./").unwrap_or(&common.config);
    if config.contains(['/', '\\']) || !config.ends_with(".toml") {
        return Err(CommandError::usage(format!(
            "{config}: the configuration is a .toml file in the folder of the book"
        )));
    }
    let base_url = match &arguments.base_url {
        Some(url) if !is_base_url(url) => {
            return Err(CommandError::usage(format!("{url} is not the address of a site")));
        }
        url => url.as_deref().map(with_slash),
    };
    let today = today(arguments)?;
    Ok(BuildOptions {
        today,
        drafts: arguments.drafts,
        precompress: arguments.precompress,
        base_url,
        config: SourcePath::new(config),
        themes: themes(&common.root),
    })
}

/// Returns the arguments that a command needs for this book, each after a space.
pub(super) fn asked_of(common: &CommonArgs) -> String {
    let mut asked = String::new();
    if common.root != Path::new(".") {
        let root = shown(&common.root.to_string_lossy()).into_owned();
        let is_plain =
            |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | ':' | '\\');
        let root = if root.chars().all(is_plain) { root } else { format!("\"{root}\"") };
        asked += &format!(" -r {root}");
    }
    if common.config != "book.toml" {
        asked += &format!(" -c {}", common.config);
    }
    asked
}

/// Returns the names of the folders below `themes/`. Those without a file aren't among the sources.
fn themes(root: &Path) -> BTreeSet<String> {
    let folder = root.join("themes");
    let is_folder = folder.symlink_metadata().is_ok_and(|found| found.is_dir());
    let entries = is_folder.then(|| folder.read_dir().ok()).flatten().into_iter().flatten();
    let folders =
        entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.filter_map(|folder| folder.file_name().into_string().ok()).collect()
}

/// Returns the date to build for: the one requested, that of `SOURCE_DATE_EPOCH`
/// (reproducible-builds.org), or today.
pub(super) fn today(arguments: &BuildArgs) -> Result<Date, CommandError> {
    if let Some(text) = &arguments.today {
        let day = Date::parse(text).filter(|date| date.day_of_month().is_some());
        return day
            .ok_or_else(|| CommandError::usage(format!("{text} is not a day such as 2024-06-24")));
    }
    let date = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(epoch) => {
            let seconds = epoch.trim().parse().ok();
            let moment = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            let wrong = || {
                CommandError::usage(format!(
                    "SOURCE_DATE_EPOCH is {epoch}, not a number of seconds"
                ))
            };
            moment.ok_or_else(wrong)?.to_zoned(jiff::tz::TimeZone::UTC).date()
        }
        Err(_) => jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date(),
    };
    let day = Date::day(date.year(), date.month() as u8, date.day() as u8);
    day.ok_or_else(|| CommandError::usage("today is not a date"))
}

/// Chooses the output folder.
pub(super) fn output_folder(
    root: &Path,
    config: &SourcePath,
    arguments: &BuildArgs,
) -> Result<OutputFolder, CommandError> {
    let here = std::env::current_dir().map_err(|error| CommandError::usage(error.to_string()))?;
    let notes = disk::notes_folder_of(root, config);
    Ok(OutputFolder::choose(root, &notes, &here, arguments.output_dir.as_deref())?)
}

fn page_count<'a>(outputs: impl Iterator<Item = &'a OutputPath>) -> usize {
    outputs.filter(|output| output.is_page()).count()
}

/// Returns a summary: `124 notes, 187 pages, 0 problems in 38 ms`.
fn summary(notes: usize, pages: usize, problems: usize, start: Instant, more: &str) -> String {
    let counts = [
        report::count(notes, "note"),
        report::count(pages, "page"),
        report::count(problems, "problem"),
    ];
    let more = if more.is_empty() { String::new() } else { format!(", {more}") };
    format!("{}{more} in {} ms", counts.join(", "), start.elapsed().as_millis())
}

fn stopped(problems: &[Diagnostic], notes: usize, start: Instant) -> String {
    let (errors, warnings) = report::errors_and_warnings(problems);
    format!(
        "{}, {}, {} in {} ms; nothing was written",
        report::count(notes, "note"),
        report::count(errors, "error"),
        report::count(warnings, "warning"),
        start.elapsed().as_millis()
    )
}

pub(super) fn outcome(problems: &[Diagnostic], config: &SourcePath) -> CommandOutcome {
    if problems.iter().any(|problem| problem.is_error() && problem.path == *config) {
        CommandOutcome::Usage
    } else {
        CommandOutcome::Content
    }
}
