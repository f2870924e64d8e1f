//! A move that is killed is made whole by the next command, or was never begun.
//!
//! `FIELDBOOK_KILLS` sets the number of moves that are killed.

use std::fmt::Write;
use std::time::{Duration, Instant};

use crate::support::book::Book;
use crate::support::{Tree, read_tree};

/// The number of moves that are killed.
const KILLS: u32 = 20;

/// The number of notes that move.
const NOTES: usize = 60;

/// Returns a book of notes in a folder that is moved, and a note with links to all of them.
fn book() -> Book {
    let book = Book::small();
    let mut links = String::new();
    for number in 0..NOTES {
        let note = format!("+++\ntitle = \"Note {number}\"\n+++\n\n[up](../links.md)\n");
        book.write(&format!("content/old/n{number}.md"), note);
        let _ = writeln!(links, "- [n](old/n{number}.md)");
    }
    book.write("content/links.md", format!("+++\ntitle = \"Links\"\n+++\n\n{links}"));
    book
}

fn notes(book: &Book) -> Tree {
    read_tree(&book.path("content"))
}

#[test]
fn a_killed_move_is_made_whole_or_was_never_begun() {
    let number = std::env::var("FIELDBOOK_KILLS").ok().and_then(|number| number.parse().ok());
    let kills = number.unwrap_or(KILLS);
    let whole = book();
    let old = notes(&whole);
    let start = Instant::now();
    whole.run(&["mv", "content/old", "content/new"]).ends(0);
    let (new, took) = (notes(&whole), start.elapsed());
    assert_ne!(old, new);
    let (mut finished, mut ends) = (0, [0, 0]);
    for kill in 0..kills {
        let book = book();
        let mut child =
            book.command(&["mv", "content/old", "content/new"]).spawn().expect("started");
        // The first half goes by before anything is written.
        let until = took / 2 + took * kill / kills / 2;
        std::thread::sleep(until.max(Duration::from_millis(1)));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let next = book.run(&["list", "search", "note"]);
        finished += u32::from(next.err.contains("Finished a change"));
        let now = notes(&book);
        assert!(now == old || now == new, "kill {kill} left something between");
        ends[usize::from(now == new)] += 1;
    }
    assert!(ends[0] > 0, "every move was whole, {finished} of them finished later");
}
