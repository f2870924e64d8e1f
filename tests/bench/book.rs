//! Measures how long it takes to build a large book, compared with Hugo if it is installed.
//!
//! ```text
//! cargo bench --bench book -- [--notes 1000,10000,100000] [--hugo PATH_TO_HUGO] [--runs 3] [--keep DIR]
//! ```
//!
//! The output is also written to `target/tmp/book.txt`, and a plot of the cost by the number of
//! notes to `target/tmp/book.svg`.
//!
//! The same work takes very different times on one machine within an hour, so nothing here fails
//! for being slow: the budgets are ratios of two programs that run alternately, and are printed
//! beside the figures for a person to judge. Only a crash, or a book that can't be built, is a
//! failure.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark reads the clock, starts programs and prints"
)]

mod edit;
mod generate;
mod hugo;
mod measure;
mod outcome;
mod plot;
mod preview;
mod series;
mod stages;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod weights;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use outcome::Outcome;

/// An error of any kind: a benchmark only reports it.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

struct Options {
    notes: Vec<usize>,
    hugo: Option<PathBuf>,
    n_runs: usize,
    keep: Option<PathBuf>,
}

fn main() -> ExitCode {
    match Options::read(std::env::args().skip(1)).and_then(|options| bench(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Options> {
        let mut options = Options { notes: vec![1_000, 10_000], hugo: None, n_runs: 3, keep: None };
        while let Some(argument) = arguments.next() {
            if argument == "--bench" {
                continue; // Cargo says so to every benchmark.
            }
            let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
            match argument.as_str() {
                "--notes" => {
                    options.notes =
                        value.split(',').map(str::parse).collect::<std::result::Result<_, _>>()?;
                }
                "--hugo" if value.contains('/') => options.hugo = Some(std::path::absolute(value)?),
                "--hugo" => options.hugo = Some(value.into()),
                "--runs" => options.n_runs = value.parse::<usize>()?.max(1),
                "--keep" => options.keep = Some(std::path::absolute(value)?),
                _ => return Err(format!("unknown argument {argument}").into()),
            }
        }
        Ok(options)
    }
}

fn bench(options: &Options) -> Result<()> {
    let mut report = Report(String::new());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    report.add(&format!("Medians of {} runs (and their range) on {cores} cores.", options.n_runs));
    if let Some(hugo) = &options.hugo {
        report.add(&measure::run(Command::new(hugo).arg("version"))?.1);
    }
    let unkept = std::env::temp_dir().join(format!("fieldbook-bench-{}", std::process::id()));
    let folder = options.keep.as_ref().unwrap_or(&unkept);
    let result = bench_all(options, folder, &mut report);
    measure::remove(&unkept)?;
    let outcomes = result?;
    report.add(&format!("\nPages of this repository's book:\n{}", weights::table()?.text()));
    let to = Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(to.join("book.svg"), plot::svg(&outcomes))?;
    report.add(&format!("The plot is {}", to.join("book.svg").display()));
    Ok(std::fs::write(to.join("book.txt"), report.0)?)
}

/// The text that is printed, kept to be written to a file.
struct Report(String);

impl Report {
    fn add(&mut self, text: &str) {
        println!("{text}");
        self.0.push_str(text);
        self.0.push('\n');
    }
}

fn bench_all(options: &Options, folder: &Path, report: &mut Report) -> Result<Vec<Outcome>> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    for &notes in &options.notes {
        let outcome = bench_one(options, folder, notes)?;
        report.add(&format!("\n{notes} notes: {}\n{}", outcome.last_line, outcome.table().text()));
        // The wider the range, the less changes in the machine's speed matter.
        if let Some(before) = outcomes.first() {
            let growth = outcome.growth(before).text();
            report.add(&format!("From {} to {notes} notes:\n{growth}", before.notes));
        }
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

fn bench_one(options: &Options, folder: &Path, notes: usize) -> Result<Outcome> {
    let ours = folder.join(format!("fieldbook-{notes}"));
    let theirs = folder.join(format!("hugo-{notes}"));
    measure::remove(&ours)?;
    measure::write(&ours, &generate::book(notes))?;
    if options.hugo.is_some() {
        measure::remove(&theirs)?;
        measure::write(&theirs, &hugo::hugo(notes))?;
    }
    let mut outcome = Outcome { notes, ..Outcome::default() };
    for _ in 0..options.n_runs {
        outcome.measure_ours(&ours)?;
        if let Some(hugo) = &options.hugo {
            outcome.measure_hugo(hugo, &theirs)?;
        }
    }
    let book = generate::book(notes);
    outcome.seen = Some(preview::look(&ours, &book)?);
    outcome.stages = stages::measure(&ours)?;
    outcome.edited = Some(edit::edit(book)?);
    if options.keep.is_none() {
        measure::remove(&ours)?;
        measure::remove(&theirs)?;
    }
    Ok(outcome)
}
