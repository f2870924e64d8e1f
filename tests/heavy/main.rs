//! The work of the program. Heavy notes, hubs and books with many problems: four times as much
//! input takes about four times the work and makes about four times the output, never the square.
//! An ordinary note costs what it did before.
#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "tests run the program")]

mod count;
#[allow(dead_code, reason = "the benchmark uses all of it")]
#[path = "../bench/generate/mod.rs"]
mod generate;
mod runs;
mod shapes;
mod steady;
#[path = "../support/mod.rs"]
mod support;

use std::fmt::Write;
use std::thread;

use count::Cost;
use runs::costs;
use shapes::{BUILT, Book, CHECKED, Shape, text};

/// The limit for the growth of the cost of four times the input: less than 2.3 times for each
/// doubling. Sorting and the growth of tables take their share; quadratic growth would give 16.
const AT_MOST: f64 = 5.0;

/// Differences of this many bytes of output mean nothing: numbers have more digits.
const FEW: u64 = 20_000;

/// A command, and the shape of the book that it is run on.
type CommandAndShape = (&'static str, &'static Shape);

/// The result of a shape.
struct Measured {
    what: &'static str,
    once: Cost,
    /// The factors by which instructions and bytes grow for four times the input.
    instructions: f64,
    bytes: f64,
}

#[test]
fn nothing_takes_the_square_of_its_size() {
    let of = |command, shapes: &'static [Shape]| shapes.iter().map(move |shape| (command, shape));
    let all: Vec<CommandAndShape> = of("build", BUILT).chain(of("check", CHECKED)).collect();
    let halves: [Vec<CommandAndShape>; 2] =
        [0, 1].map(|half| all.iter().copied().skip(half).step_by(2).collect());
    let measured = thread::scope(|scope| {
        let threads = halves.map(|half| scope.spawn(move || measure(&half)));
        threads.map(|thread| thread.join().expect("no panic"))
    });
    let rows: Vec<Measured> = measured.into_iter().flatten().flatten().collect();
    let (mut said, mut wrong) = (String::new(), 0);
    for Measured { what, once, instructions, bytes } in &rows {
        let is_wrong = *instructions > AT_MOST || *bytes > AT_MOST;
        wrong += usize::from(is_wrong);
        let mark = if is_wrong { "!! " } else { "" };
        let _ = writeln!(
            said,
            "{mark}{what}: {} instructions, and {instructions:.2} times as many for four times as \
             much; {bytes:.2} times the output",
            once.instructions
        );
    }
    eprintln!("{said}");
    assert_eq!(wrong, 0, "\n{said}");
}

/// Measures shapes; returns `None` without Valgrind.
fn measure(shapes: &[CommandAndShape]) -> Option<Vec<Measured>> {
    // The first books of a process pay for what is made once, so the smallest is run twice.
    let mut runs: Vec<(&str, Book)> = Vec::new();
    runs.extend(["build", "check", "build", "check"].map(|command| (command, text(""))));
    for (command, (_, n, book)) in shapes {
        runs.extend([(*command, book(*n)), (*command, book(4 * n))]);
    }
    let costs = costs(&runs)?;
    let (small, costs) = costs.split_at(4);
    let bare = |command| if command == "build" { small[2] } else { small[3] };
    let measured = shapes.iter().zip(costs.chunks(2)).map(|((command, shape), costs)| {
        let bare = bare(*command);
        let work = |all: Cost| Cost {
            instructions: all.instructions.saturating_sub(bare.instructions).max(1),
            bytes: all.bytes.saturating_sub(bare.bytes) + FEW,
        };
        let (once, more) = (work(costs[0]), work(costs[1]));
        let ratio = |more: u64, once: u64| more as f64 / once as f64;
        Measured {
            what: shape.0,
            once,
            instructions: ratio(more.instructions, once.instructions),
            bytes: ratio(more.bytes, once.bytes),
        }
    });
    Some(measured.collect())
}
