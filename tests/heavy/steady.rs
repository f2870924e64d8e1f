//! The cost of building a note of an ordinary book, compared with the stored cost.

use std::thread;

use crate::count::cost;
use crate::generate;
use crate::support;

/// The sizes of the two books that are compared, so that the fixed cost of a build cancels out.
const BOOKS: [usize; 2] = [20, 60];

/// The deviation from the stored figure that is allowed, as a share of it: compilers and processors
/// differ a little. If the cost falls below that, store the new figure.
const TOLERANCE: f64 = 0.10;

#[test]
fn a_note_costs_what_it_did() {
    let count = |n| Some(cost(&generate::book(n))?.instructions);
    let (fewer, more) = thread::scope(|scope| {
        let fewer = scope.spawn(|| count(BOOKS[0]));
        let more = count(BOOKS[1]);
        (fewer.join().expect("no panic"), more)
    });
    let Some((fewer, more)) = fewer.zip(more) else { return };
    let cost = (more - fewer) / (BOOKS[1] - BOOKS[0]) as u64;
    let file = support::tests().join("heavy/instructions.txt");
    if support::is_update() {
        return std::fs::write(file, format!("{cost}\n")).expect("a file");
    }
    let stored = std::fs::read_to_string(&file).expect("the stored figure");
    let stored: u64 = stored.trim().parse().expect("a number");
    let change = cost as f64 / stored as f64 - 1.0;
    let message = format!(
        "a note costs {cost} instructions, {:+.1} % of the {stored} in tests/heavy/instructions.txt; \
         if that is meant, UPDATE=1 cargo test --test heavy stores it",
        change * 100.0
    );
    eprintln!("{message}");
    assert!(change.abs() <= TOLERANCE, "{message}");
}
