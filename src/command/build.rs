//! `fieldbook build`: the site, written to a folder.
#![expect(clippy::disallowed_methods, reason = "commands read the clock and the environment")]

use std::path::{Component, Path, PathBuf};
use std::time::Instant;

use super::terminal::Terminal;
use super::{Failed, Outcome};
use crate::cli::{Build, Common};
use crate::config::{is_base_url, with_slash};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, Output, Said};
use crate::fingerprint::Fingerprint;
use crate::path::{OutputPath, SourcePath};
use crate::report;
use crate::workspace::{Built, Options, Workspace};

pub(super) fn run(
    common: &Common,
    arguments: &Build,
    terminal: &mut Terminal,
) -> Result<Outcome, Failed> {
    let start = Instant::now();
    let root = root(common)?;
    let options = options(common, arguments)?;
    let folder = output_folder(&root, arguments)?;
    terminal.progress("Reading the book");
    let sources = disk::read(&root, &options.config)?;
    let book = Fingerprint::of(&(sources.fingerprint(), &options, env!("CARGO_PKG_VERSION")));
    let output = Output::open(&root, &folder)?;
    if let Some(manifest) = output.is_current(book) {
        let (pages, said) = (pages(manifest.files.keys()), &manifest.said);
        if said.problems > 0 {
            terminal.problems(&said.report);
        }
        terminal.say(&summary(manifest.notes, pages, said.problems, start, "nothing to do"));
        return Ok(Outcome::Fine);
    }
    terminal.progress("Making the site");
    let write = |path: &OutputPath, bytes: &[u8]| output.stage(path, bytes);
    let config = options.config.clone();
    let Built { result, diagnostics: problems, notes, plan } =
        Workspace::build(options, sources, output.in_place(), &write);
    let mut said = Said { problems: problems.len(), ..Said::default() };
    if !problems.is_empty() {
        let files = problems.iter().map(|problem| &problem.path);
        said.report = report::human(&problems, &disk::read_again(&root, files));
        terminal.problems(&said.report);
    }
    if result.is_err() {
        output.discard();
        terminal.say(&stopped(&problems, notes, start));
        return Ok(outcome(&problems, &config));
    }
    terminal.progress("Writing the site");
    let written = output.finish(book, notes, said, &plan)?;
    let size = report::count(written.files, "file");
    terminal.detail(&format!(
        "{size} written ({} kB), {} removed",
        written.bytes / 1000,
        written.removed
    ));
    terminal.say(&summary(notes, pages(plan.keys()), problems.len(), start, ""));
    Ok(Outcome::Fine)
}

pub(super) fn root(common: &Common) -> Result<PathBuf, Failed> {
    let root = &common.root;
    root.canonicalize().map_err(|error| Failed::usage(format!("{}: {error}", root.display())))
}

pub(super) fn options(common: &Common, arguments: &Build) -> Result<Options, Failed> {
    let config = common.config.strip_prefix("./").unwrap_or(&common.config);
    if config.contains(['/', '\\']) || !config.ends_with(".toml") {
        return Err(Failed::usage(format!(
            "{config}: the configuration is a .toml file in the folder of the book"
        )));
    }
    let base_url = match &arguments.base_url {
        Some(url) if !is_base_url(url) => {
            return Err(Failed::usage(format!("{url} is not the address of a site")));
        }
        url => url.as_deref().map(with_slash),
    };
    let today = today(arguments)?;
    Ok(Options {
        today,
        drafts: arguments.drafts,
        precompress: arguments.precompress,
        base_url,
        config: SourcePath::new(config),
    })
}

/// The day to build for: the one asked for, that of `SOURCE_DATE_EPOCH`
/// (reproducible-builds.org), or the one it is.
fn today(arguments: &Build) -> Result<Date, Failed> {
    if let Some(text) = &arguments.today {
        let day = Date::parse(text).filter(|date| date.day_of_month().is_some());
        return day.ok_or_else(|| Failed::usage(format!("{text} is not a day such as 2024-06-24")));
    }
    let date = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(epoch) => {
            let seconds = epoch.trim().parse().ok();
            let moment = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            let wrong =
                || Failed::usage(format!("SOURCE_DATE_EPOCH is {epoch}, not a number of seconds"));
            moment.ok_or_else(wrong)?.to_zoned(jiff::tz::TimeZone::UTC).date()
        }
        Err(_) => jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date(),
    };
    let day = Date::day(date.year(), date.month() as u8, date.day() as u8);
    day.ok_or_else(|| Failed::usage("today is not a date"))
}

/// The folder to write to: never one that holds the book or a part of it.
fn output_folder(root: &Path, arguments: &Build) -> Result<PathBuf, Failed> {
    let folder = match &arguments.output_dir {
        None => real(&root.join("public")),
        Some(folder) => {
            let here = std::env::current_dir().map_err(|error| Failed::usage(error.to_string()))?;
            real(&here.join(folder))
        }
    };
    let sources = ["content", "static", "themes"].map(|part| root.join(part));
    if root.starts_with(&folder) || sources.iter().any(|part| folder.starts_with(part)) {
        let message = format!("{}: the site can't be written over the book", folder.display());
        return Err(Failed::usage(message));
    }
    Ok(folder)
}

/// `path` without links, `.` and `..`, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let existing = path.ancestors().find_map(|part| Some((part.canonicalize().ok()?, part)));
    let Some((real, part)) = existing else { return path.to_owned() };
    let rest = path.strip_prefix(part).unwrap_or(Path::new(""));
    rest.components().fold(real, |mut real, component| {
        match component {
            Component::Normal(name) => real.push(name),
            Component::ParentDir => {
                real.pop();
            }
            _ => {}
        }
        real
    })
}

fn pages<'a>(outputs: impl Iterator<Item = &'a OutputPath>) -> usize {
    outputs.filter(|output| output.is_page()).count()
}

/// `124 notes, 187 pages, 0 problems in 38 ms`.
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

pub(super) fn outcome(problems: &[Diagnostic], config: &SourcePath) -> Outcome {
    if problems.iter().any(|problem| problem.is_error() && problem.path == *config) {
        Outcome::Usage
    } else {
        Outcome::Content
    }
}
