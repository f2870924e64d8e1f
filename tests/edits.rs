//! After any history of edits, the site and the report are those of a clean build.
//!
//! `FIELDBOOK_HISTORIES` sets the number of histories, `FIELDBOOK_SEED` a single one to run.

#[path = "edits/book.rs"]
mod book;
#[path = "edits/bounded.rs"]
mod bounded;
#[path = "edits/history.rs"]
mod history;
#[path = "edits/moves.rs"]
mod moves;
#[path = "edits/properties.rs"]
mod properties;
#[path = "edits/random.rs"]
mod random;
mod support;
#[path = "edits/table.rs"]
mod table;
#[path = "edits/text.rs"]
mod text;
#[path = "edits/words.rs"]
mod words;
#[path = "edits/world.rs"]
mod world;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use history::{Batch, Fault, Run, Story, caught, failure, shrunk, told};

/// The allocator of the program, which takes a quarter of the time of the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The number of histories.
const HISTORIES: u64 = 60;

/// The number of steps of each.
const STEPS: usize = 40;

/// Returns a number from the environment.
#[expect(clippy::disallowed_methods, reason = "a test may be told how long to run")]
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs `check` for each seed, on every processor.
pub(crate) fn each_seed(seeds: std::ops::Range<u64>, check: impl Fn(u64) + Sync) {
    let seeds = match number("FIELDBOOK_SEED") {
        Some(seed) => seed..seed + 1,
        None => seeds,
    };
    let next = AtomicU64::new(seeds.start);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(seed) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).filter(|s| *s < seeds.end)
                {
                    check(seed);
                }
            });
        }
    });
}

/// Follows the history of `seed`, and returns the failure, if any.
fn follow(seed: u64, fault: Fault) -> (Run, Result<(), (String, Vec<Batch>)>) {
    let (mut story, mut run) = (Story::new(seed), Run::new(fault));
    let mut history = Vec::new();
    for _ in 0..=STEPS {
        history.push(story.next(run.workspace.diagnostics()));
        let batch = &history[history.len() - 1];
        if let Err(why) = caught(|| run.step(batch)) {
            return (run, Err((why, history)));
        }
    }
    (run, Ok(()))
}

#[test]
#[expect(clippy::print_stderr, reason = "what was tried, and which seeds failed")]
fn incremental_equals_clean() {
    let failures = Mutex::new(Vec::new());
    let counts = Mutex::new([0; 4]);
    each_seed(0..number("FIELDBOOK_HISTORIES").unwrap_or(HISTORIES), |seed| {
        let (run, result) = follow(seed, Fault::None);
        let mut counts = counts.lock().expect("no panic");
        for (sum, more) in counts.iter_mut().zip([STEPS + 1, run.built, run.written, run.in_vain]) {
            *sum += more;
        }
        if let Err((why, history)) = result {
            failures.lock().expect("no panic").push((seed, history.len() - 1, why, history));
        }
    });
    let [steps, built, written, in_vain] = counts.into_inner().expect("no panic");
    eprintln!(
        "{steps} steps, {}% of them built; {written} files changed, {in_vain} of them in vain",
        100 * built / steps.max(1)
    );
    let mut failures = failures.into_inner().expect("no panic");
    failures.sort_by_key(|failure| failure.0);
    for (seed, step, why, _) in &failures {
        eprintln!("seed {seed}, step {step}: {why}");
    }
    if let Some((seed, step, _, history)) = failures.into_iter().next() {
        let short = shrunk(history, Fault::None);
        let why = failure(&short, Fault::None).unwrap_or_default();
        panic!("seed {seed}, step {step}, made short:\n{}\n{why}", told(&short));
    }
}

#[test]
fn what_is_done_wrong_is_noticed() {
    for fault in [Fault::Stale, Fault::Left, Fault::OldDiagnostics, Fault::NeverStops] {
        let noticed = (0..20).find_map(|seed| follow(seed, fault).1.err());
        let (_, history) = noticed.unwrap_or_else(|| panic!("{fault:?} was not noticed"));
        let short = shrunk(history, fault);
        assert!(failure(&short, fault).is_some() && failure(&short, Fault::None).is_none());
        let edits: usize = short.iter().map(Vec::len).sum();
        assert!(edits <= 12, "{fault:?} takes {edits} edits:\n{}", told(&short));
    }
}
