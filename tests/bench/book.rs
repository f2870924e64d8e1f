//! Measures what it takes to build a large book, beside other generators that build the same notes.
//!
//! ```text
//! cargo bench --bench book -- [--notes 1000,10000,100000] [--runs 5] [--hugo PROGRAM] [--zola PROGRAM]
//!                             [--sites DIR] [--keep DIR] [--only editor]
//! ```
//!
//! The notes are generated, for Fieldbook and Hugo. `--sites` adds a corpus that somebody prepared: a folder with
//! the folders `fieldbook-N`, `hugo-N` and `zola-N` for each of the numbers of notes, all with the same notes.
//! They are built where they are, the preview edits their notes and writes them back, and outputs are removed.
//!
//! With `--only editor`, only the language server is measured, and nothing is written to `target`.
//!
//! The output is also written to `target/tmp/book.txt`, and a plot of the cost by the number of
//! notes to `target/tmp/book.svg`.
//!
//! The same work takes very different times on one machine within an hour, so nothing here fails
//! for being slow: the budgets are ratios of programs that run alternately, and are printed
//! beside the figures for a person to judge. Processor time decides, for other programs disturb it less than the
//! time on the clock, and instructions, if Valgrind is there to count them. Only a crash, or a book
//! that can't be built, is a failure.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark reads the clock, starts programs and prints"
)]

mod client;
mod comparison;
mod corpus;
#[allow(dead_code, reason = "the benchmark counts instructions, the tests bytes as well")]
#[path = "../heavy/count.rs"]
mod count;
mod edit;
mod generate;
mod hugo;
mod instructions;
mod latency;
mod measure;
mod outcome;
mod peer;
mod places;
mod plot;
mod preview;
mod runs;
mod series;
mod stages;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod weights;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use corpus::Corpus;
use outcome::Outcome;
use peer::Peer;
use table::Table;

/// An error of any kind: a benchmark only reports it.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

struct Options {
    notes: Vec<usize>,
    peers: Vec<Peer>,
    n_runs: usize,
    sites: Option<PathBuf>,
    keep: Option<PathBuf>,
    /// True if only the language server is measured.
    only_editor: bool,
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
        let mut options = Options {
            notes: vec![1_000, 10_000],
            peers: Vec::new(),
            n_runs: 5,
            sites: None,
            keep: None,
            only_editor: false,
        };
        while let Some(argument) = arguments.next() {
            if argument == "--bench" {
                continue; // Cargo says so to every benchmark.
            }
            let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
            // A program runs in the folder of its site, so its path must not depend on this one.
            let is_path = value.contains('/');
            let program = if is_path { std::path::absolute(&value)? } else { (&value).into() };
            if let Some(peer) = Peer::of_option(&argument, program) {
                options.peers.push(peer);
                continue;
            }
            match argument.as_str() {
                "--notes" => {
                    options.notes =
                        value.split(',').map(str::parse).collect::<std::result::Result<_, _>>()?;
                }
                "--runs" => options.n_runs = value.parse::<usize>()?.max(1),
                "--sites" => options.sites = Some(std::path::absolute(value)?),
                "--only" if value == "editor" => options.only_editor = true,
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
    for peer in &options.peers {
        report.add(&peer.says_version()?);
    }
    let unkept = std::env::temp_dir().join(format!("fieldbook-bench-{}", std::process::id()));
    let folder = options.keep.as_ref().unwrap_or(&unkept);
    if options.only_editor {
        let result = bench_editor(options, folder, &mut report);
        measure::remove(&unkept)?;
        return result;
    }
    let result = bench_all(options, folder, &mut report);
    measure::remove(&unkept)?;
    let outcomes = result?;
    report.add(&format!("\nPages of this repository's book:\n{}", weights::table()?.text()));
    report.add(&format!("Cold builds of all programs:\n{}", comparison::text(&outcomes)));
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

/// Measures the language server alone.
fn bench_editor(options: &Options, folder: &Path, report: &mut Report) -> Result<()> {
    let corpus = Corpus::Generated(folder.to_owned());
    for &notes in &options.notes {
        corpus.lay_out(notes, &[])?;
        let site = corpus.site("fieldbook", notes);
        let mut table = Table::default();
        latency::measure(&site, &corpus.book(notes))?.show(&mut table);
        report.add(&format!("\n{notes} notes on {}:\n{}", corpus.file_system(), table.text()));
        if options.keep.is_none() {
            corpus.clear(notes, &[])?;
        }
    }
    Ok(())
}

fn bench_all(options: &Options, folder: &Path, report: &mut Report) -> Result<Vec<Outcome>> {
    let corpora =
        [Some(Corpus::Generated(folder.to_owned())), options.sites.clone().map(Corpus::Prepared)];
    let mut all = Vec::new();
    for corpus in corpora.into_iter().flatten() {
        let mut outcomes: Vec<Outcome> = Vec::new();
        let system = corpus.file_system();
        report.add(&format!("\nThe {} sites are on {system}.", corpus.name()));
        if let Some(instructions) = instructions::of_a_note(&corpus)? {
            report.add(&instructions);
        }
        for &notes in &options.notes {
            let outcome = bench_one(options, &corpus, notes)?;
            let title = format!("{notes} {} notes: {}", outcome.corpus, outcome.last_line);
            report.add(&format!("\n{title}\n{}", outcome.table().text()));
            // The wider the range, the less changes in the machine's speed matter.
            if let Some(before) = outcomes.first() {
                let growth = outcome.growth(before).text();
                report.add(&format!("From {} to {notes} notes:\n{growth}", before.notes));
            }
            outcomes.push(outcome);
        }
        all.append(&mut outcomes);
    }
    Ok(all)
}

fn bench_one(options: &Options, corpus: &Corpus, notes: usize) -> Result<Outcome> {
    corpus.lay_out(notes, &options.peers)?;
    let outcome = Outcome::of(corpus, notes, &options.peers, options.n_runs)?;
    if options.keep.is_none() {
        corpus.clear(notes, &options.peers)?;
    }
    Ok(outcome)
}
