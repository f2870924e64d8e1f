//! How long a large book takes to build, beside Hugo if it is there.
//!
//! ```text
//! cargo bench --bench book -- [--notes 1000,10000] [--hugo PATH_TO_HUGO] [--runs 3] [--keep DIR]
//! ```
//!
//! A machine does the same work in very different times within an hour, so nothing here fails for
//! being slow: the budgets are ratios of two programs run by turns, and stand beside the figures
//! for a person to judge. What fails is a program that breaks, or a book that does not build.

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
mod preview;
mod table;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use measure::{Cost, Files};
use table::{Table, megabytes, time};

/// An error of any kind: a benchmark only says what went wrong.
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
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("Medians of {} runs (and their range) on {cores} cores.", options.n_runs);
    if let Some(hugo) = &options.hugo {
        println!("{}", measure::run(Command::new(hugo).arg("version"))?.1);
    }
    let unkept = std::env::temp_dir().join(format!("fieldbook-bench-{}", std::process::id()));
    let folder = options.keep.as_ref().unwrap_or(&unkept);
    let result = bench_all(options, folder);
    measure::remove(&unkept)?;
    result
}

fn bench_all(options: &Options, folder: &Path) -> Result<()> {
    let mut smaller: Option<(usize, Outcome)> = None;
    for &notes in &options.notes {
        let outcome = bench_one(options, folder, notes)?;
        println!("\n{notes} notes: {}\n{}", outcome.last_line, outcome.table().text());
        if let Some((n_before, before)) = &smaller {
            println!("From {n_before} to {notes} notes:\n{}", outcome.growth(before).text());
        }
        smaller = Some((notes, outcome));
    }
    Ok(())
}

/// All that was measured of a book of one size.
#[derive(Default)]
struct Outcome {
    notes: usize,
    cold: Vec<Cost>,
    again: Vec<Cost>,
    copy: Vec<Cost>,
    hugo: Vec<Cost>,
    n_files: usize,
    n_bytes: u64,
    /// The most files that a build wrote though nothing had changed.
    n_rewritten: usize,
    /// What Fieldbook said of its work at last.
    last_line: String,
    edited: Option<edit::Edited>,
    seen: Option<preview::Seen>,
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
    outcome.edited = Some(edit::edit(book)?);
    if options.keep.is_none() {
        measure::remove(&ours)?;
        measure::remove(&theirs)?;
    }
    Ok(outcome)
}

impl Outcome {
    fn measure_ours(&mut self, root: &Path) -> Result<()> {
        let (output, copy) = (root.join("public"), root.join("copy"));
        measure::remove(&output)?;
        measure::remove(&root.join(".fieldbook"))?;
        let mut build = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        build.arg("build").arg("-r").arg(root);

        settle();
        self.cold.push(measure::run(&mut build)?.0);
        let built = Files::below(&output)?;
        (self.n_files, self.n_bytes) = (built.len(), built.n_bytes());

        let before = Files::below(root)?;
        settle();
        let (cost, last_line) = measure::run(&mut build)?;
        self.again.push(cost);
        self.last_line = last_line;
        let n_written = Files::below(root)?.n_written_since(&before);
        self.n_rewritten = self.n_rewritten.max(n_written);

        settle();
        self.copy.push(measure::run(Command::new("cp").arg("-r").arg(&output).arg(&copy))?.0);
        Ok(measure::remove(&copy)?)
    }

    fn measure_hugo(&mut self, hugo: &Path, root: &Path) -> Result<()> {
        measure::remove(&root.join("public"))?;
        measure::remove(&root.join("resources"))?;
        settle();
        self.hugo.push(measure::run(Command::new(hugo).arg("--quiet").current_dir(root))?.0);
        Ok(())
    }

    fn table(&self) -> Table {
        let mut table = Table::default();
        let (cold, again, copy) = (seconds(&self.cold), seconds(&self.again), seconds(&self.copy));
        let hugo = Series::of(&self.hugo, wall);
        table.share("cold build", figure(&cold), cold.median(), 8.0, ("Hugo's", hugo.median()));
        for (what, part, of) in [("  processor", 15.0, cpu as Of), ("  peak memory", 4.0, peak)] {
            let (ours, theirs) = (Series::of(&self.cold, of), Series::of(&self.hugo, of));
            let shown = if part == 4.0 { size_figure(&ours) } else { figure(&ours) };
            table.share(what, shown, ours.median(), part, ("Hugo's", theirs.median()));
        }
        let written = format!("{} files, {}", self.n_files, megabytes(self.n_bytes as f64));
        table.note("  written", written);
        table.share("  beside cp -r", figure(&copy), cold.median(), 0.5, ("cp -r", copy.median()));
        table.share(
            "build again, nothing changed",
            figure(&again),
            again.median(),
            3.0,
            ("our cold build", cold.median()),
        );
        let n_rewritten = self.n_rewritten as f64;
        table.at_most("  written", format!("{n_rewritten} files"), n_rewritten, 0.0, "≤ 0");
        if let Some(edited) = &self.edited {
            table.note("book opened in memory", time(edited.open));
            let edits = Series(edited.edits.iter().map(Duration::as_secs_f64).collect());
            let median = edits.median().unwrap_or_default();
            table.at_most(
                "one note edited, engine alone",
                figure(&edits),
                median,
                0.010,
                "≤ 10 ms",
            );
            let most = edited.most_changes as f64;
            table.at_most("  outputs changed, at most", most.to_string(), most, 1.0, "≤ 1");
        }
        if let Some(seen) = &self.seen {
            self.preview(seen, &mut table);
        }
        if !self.hugo.is_empty() {
            table.note("Hugo: cold build", figure(&hugo));
            table.note("  processor", figure(&Series::of(&self.hugo, cpu)));
            table.note("  peak memory", size_figure(&Series::of(&self.hugo, peak)));
        }
        table
    }

    fn preview(&self, seen: &preview::Seen, table: &mut Table) {
        let first = seen.first_page;
        table.at_most("preview: first page", time(first), first.as_secs_f64(), 1.0, "≤ 1 s");
        let edits = Series(seen.edits.iter().map(Duration::as_secs_f64).collect());
        let titles = Series(seen.titles.iter().map(Duration::as_secs_f64).collect());
        let median = edits.median().unwrap_or_default();
        let (limit, budget) =
            if self.notes > 1_000 { (0.050, "≤ 50 ms") } else { (0.030, "≤ 30 ms") };
        table.at_most("  saved to served", figure(&edits), median, limit, budget);
        let late = edits.0.get(edits.0.len() * 19 / 20).copied().unwrap_or_default();
        let shown = time(Duration::from_secs_f64(late));
        table.at_most("  in 19 cases of 20", shown, late, 0.100, "≤ 100 ms");
        table.note("  retitled to served", figure(&titles));
        if let Some(peak) = seen.peak.map(|peak| peak as f64) {
            table.at_most("  peak memory", megabytes(peak), peak, 500e6, "≤ 500 MB");
        }
        if let Some(idle) = seen.idle {
            table.at_most("  processor, idle for 5 s", time(idle), idle.as_secs_f64(), 0.0, "nil");
        }
    }

    /// How cost grows with the number of notes: an exponent of 1 is in proportion.
    fn growth(&self, before: &Outcome) -> Table {
        let mut table = Table::default();
        let factor = (self.notes as f64 / before.notes as f64).ln();
        for (what, of) in [("time of a cold build", wall as Of), ("processor", cpu)] {
            let (now, then) =
                (Series::of(&self.cold, of).median(), Series::of(&before.cold, of).median());
            if let Some((now, then)) = now.zip(then) {
                let exponent = (now / then).ln() / factor;
                let what = format!("{what}, exponent");
                table.at_most(&what, format!("{exponent:.2}"), exponent, 1.1, "≤ 1.1");
            }
        }
        let a_note = |outcome: &Outcome| outcome.n_bytes as f64 / outcome.notes as f64;
        let (now, then) = (a_note(self), a_note(before));
        let shown = format!("{then:.0} → {now:.0}");
        table.at_most("bytes written a note", shown, now, then * 1.1, "≤ 1.1x: flat");
        table
    }
}

/// What is told of a run, in seconds or bytes.
type Of = fn(&Cost) -> Option<f64>;

fn wall(cost: &Cost) -> Option<f64> {
    Some(cost.wall.as_secs_f64())
}

fn cpu(cost: &Cost) -> Option<f64> {
    cost.cpu.map(|cpu| cpu.as_secs_f64())
}

fn peak(cost: &Cost) -> Option<f64> {
    cost.peak.map(|peak| peak as f64)
}

/// The same figure of several runs, lowest first; empty where it is not known.
struct Series(Vec<f64>);

impl Series {
    fn of(costs: &[Cost], of: Of) -> Series {
        let mut values: Vec<f64> = costs.iter().filter_map(of).collect();
        values.sort_by(f64::total_cmp);
        Series(values)
    }

    fn median(&self) -> Option<f64> {
        self.0.get(self.0.len() / 2).copied()
    }

    fn show(&self, one: impl Fn(f64) -> String) -> String {
        match (self.median(), self.0.as_slice()) {
            (Some(median), [low, .., high]) => {
                format!("{} ({} – {})", one(median), one(*low), one(*high))
            }
            (Some(median), _) => one(median),
            (None, _) => "n/a".to_string(),
        }
    }
}

fn seconds(costs: &[Cost]) -> Series {
    Series::of(costs, wall)
}

fn figure(series: &Series) -> String {
    series.show(|value| time(Duration::from_secs_f64(value)))
}

fn size_figure(series: &Series) -> String {
    series.show(megabytes)
}

/// Lets the system write out what earlier runs left, so that no run pays for another. Where there
/// is no `sync`, they do.
fn settle() {
    let _ = Command::new("sync").status();
}
