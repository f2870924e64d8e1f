//! The work of the program. Heavy notes, hubs and books with many problems: four times as much
//! input takes about four times the work and makes about four times the output, never the square.
//! An ordinary note costs what it did before.
#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "tests run the program")]

mod count;
#[allow(dead_code, reason = "the benchmark uses all of it")]
#[path = "../bench/generate/mod.rs"]
mod generate;
mod shapes;
mod steady;
#[path = "../support/mod.rs"]
mod support;

use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use count::{Cost, cost};
use shapes::{BUILT, Book, CHECKED, text};

/// The limit for the growth of the cost of four times the input: less than 2.3 times for each
/// doubling. Sorting and the growth of tables take their share; quadratic growth would give 16.
const AT_MOST: f64 = 5.0;

/// Differences of this many bytes of output mean nothing: numbers have more digits.
const FEW: u64 = 20_000;

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
    let bare = |command| cost(command, &text(""));
    let (Some(built), Some(checked)) = (bare("build"), bare("check")) else { return };
    let of = |command, bare: Cost, shapes: &'static [shapes::Shape]| {
        shapes.iter().map(move |shape| (command, bare, shape))
    };
    let all: Vec<_> = of("build", built, BUILT).chain(of("check", checked, CHECKED)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((command, bare, shape)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push(measure(command, *bare, shape));
        }
        done
    };
    let rows: Vec<Measured> = thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });
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

fn measure(
    command: &str,
    bare: Cost,
    (what, n, book): &'static (&'static str, usize, fn(usize) -> Book),
) -> Measured {
    let work = |n| {
        let all = cost(command, &book(n)).expect("valgrind was there");
        Cost {
            instructions: all.instructions.saturating_sub(bare.instructions).max(1),
            bytes: all.bytes.saturating_sub(bare.bytes) + FEW,
        }
    };
    let (once, more) = (work(*n), work(4 * n));
    let ratio = |more: u64, once: u64| more as f64 / once as f64;
    Measured {
        what,
        once,
        instructions: ratio(more.instructions, once.instructions),
        bytes: ratio(more.bytes, once.bytes),
    }
}
