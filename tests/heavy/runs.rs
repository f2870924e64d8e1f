//! Runs of many books in one process, of which Valgrind counts each by itself: to start the program
//! below Valgrind takes longer than most of the books.

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};

use fieldbook::disk::{self, Manifest, OutputFolder, OutputOptions, OutputWriter};
use fieldbook::path::{OutputPath, SourcePath};
use fieldbook::report;
use fieldbook::workspace::{BuildResult, EarlierSite, PublishedPages, Workspace};

use crate::count::{Cost, said_by_valgrind, write_book};
use crate::shapes::Book;
use crate::support;

/// The variable with the folder of the books that a process is to run.
const FOLDER: &str = "FIELDBOOK_COUNTED_RUNS";

/// The file in that folder with the command for each book, one in a line.
const COMMANDS: &str = "commands";

/// The file in that folder with the bytes of the output of each run, one number in a line.
const BYTES: &str = "bytes";

/// The begin of the names of the files in that folder that Valgrind writes.
const COUNTS: &str = "counts";

/// Runs a command, `build` or `check`, on each book, and returns the costs. Returns `None` without Valgrind; under
/// `CI` its absence is a failure.
pub(crate) fn costs(runs: &[(&str, Book)]) -> Option<Vec<Cost>> {
    let folder = tempfile::tempdir().expect("a folder for the books");
    let folder = folder.path();
    for (at, (_, book)) in runs.iter().enumerate() {
        write_book(&folder.join(at.to_string()), book);
    }
    let commands: Vec<&str> = runs.iter().map(|(command, _)| *command).collect();
    std::fs::write(folder.join(COMMANDS), commands.join("\n")).expect("a file");
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--dump-line=no", "--dump-before=*a_counted_run_ended*"])
        .arg(format!("--callgrind-out-file={}", folder.join(COUNTS).display()))
        .arg(std::env::current_exe().expect("this program"))
        .args(["--exact", "runs::of_the_books_in_a_folder", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .env("RAYON_NUM_THREADS", "1")
        .env("XDG_STATE_HOME", folder.join("state"));
    said_by_valgrind(&mut command)?;
    let bytes = std::fs::read_to_string(folder.join(BYTES)).expect("the numbers of bytes");
    let bytes = bytes.lines().map(|line| line.parse().expect("a number"));
    // The first count is of all that was before the first run.
    let instructions = (2..).map(|part| instructions(&folder.join(format!("{COUNTS}.{part}"))));
    let costs = bytes.zip(instructions).map(|(bytes, instructions)| Cost { instructions, bytes });
    let costs: Vec<Cost> = costs.collect();
    assert_eq!(costs.len(), runs.len());
    Some(costs)
}

/// Returns the number of instructions in a file that Callgrind wrote.
fn instructions(file: &Path) -> u64 {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let figure = text.lines().find_map(|line| line.strip_prefix("summary:"));
    figure.and_then(|figure| figure.trim().parse().ok()).expect("the sum of a file of Callgrind")
}

/// The place at which Valgrind writes down what it counted.
#[inline(never)]
fn a_counted_run_ended(run: u64) -> u64 {
    black_box(run)
}

#[test]
#[ignore = "the test of heavy notes has Valgrind run it"]
fn of_the_books_in_a_folder() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    let commands = std::fs::read_to_string(folder.join(COMMANDS)).expect("the commands");
    let mut bytes = String::new();
    a_counted_run_ended(0);
    for (at, command) in (0..).zip(commands.lines()) {
        let book = folder.join(at.to_string());
        let n_bytes = if command == "build" { build(&book) } else { check(&book) };
        bytes.push_str(&format!("{n_bytes}\n"));
        a_counted_run_ended(at);
    }
    std::fs::write(folder.join(BYTES), bytes).expect("a file");
}

/// Builds a book as `fieldbook build` does, and returns the bytes of the site.
fn build(root: &Path) -> u64 {
    let config = SourcePath::new("book.toml");
    let sources = disk::read(root, &config).expect("a book");
    let place = OutputFolder::choose(root, "content", root, None).expect("a folder");
    let output = OutputWriter::open(root, place, OutputOptions::default(), &mut || {});
    let output = output.expect("an output folder");
    let n_bytes = AtomicU64::new(0);
    let write = |path: &OutputPath, bytes: &[u8]| {
        n_bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        output.stage(path, bytes);
    };
    let built = Workspace::build(support::options(), sources, EarlierSite::default(), &write);
    let BuildResult { result, diagnostics, notes, plan, pages, .. } = built;
    assert!(result.is_ok(), "{diagnostics:?}");
    black_box(report_on(root, &diagnostics));
    let manifest = Manifest { notes, pages, ..Manifest::default() };
    output.finish(manifest, &plan).expect("a site");
    n_bytes.into_inner()
}

/// Checks a book as `fieldbook check` does, and returns the bytes of the report for programs.
fn check(root: &Path) -> u64 {
    let sources = disk::read(root, &SourcePath::new("book.toml")).expect("a book");
    let checked = Workspace::check(support::options(), sources, PublishedPages::default());
    report_on(root, &checked.diagnostics).len() as u64
}

fn report_on(root: &Path, diagnostics: &[fieldbook::diagnostic::Diagnostic]) -> String {
    let files = diagnostics.iter().map(|diagnostic| &diagnostic.path);
    report::json(diagnostics, &disk::read_again(root, files))
}
