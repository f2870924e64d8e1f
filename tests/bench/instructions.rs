//! The work of a build in instructions, which are the same on a busy machine and on a quiet one.

use crate::corpus::{self, Corpus};
use crate::{Result, count, generate};

/// The sizes of the generated books that are compared, so that the fixed cost of a build cancels out.
const BOOKS: [usize; 2] = [150, 300];

/// The largest prepared book that is counted: Valgrind takes fifty times as long as the build.
const MOST: usize = 1_000;

/// Returns the instructions of a cold build for each note, as a line. Returns `None` without Valgrind, or if fewer
/// than two books are small enough.
pub(crate) fn of_a_note(corpus: &Corpus) -> Result<Option<String>> {
    let books = match corpus {
        Corpus::Generated(_) => BOOKS.to_vec(),
        Corpus::Prepared(folder) => corpus::sizes(folder)?,
    };
    let mut books = books.into_iter().filter(|notes| *notes <= MOST);
    let Some((fewer, more)) = books.next().zip(books.next_back()) else { return Ok(None) };
    let count = |notes| match corpus {
        Corpus::Generated(_) => Ok(count::cost(&generate::book(notes))),
        Corpus::Prepared(_) => {
            let site = corpus.site("fieldbook", notes);
            corpus::clean(&site)?;
            let cost = count::count(&site);
            corpus::clean(&site).map(|()| cost)
        }
    };
    let Some((small, large)) = count(fewer)?.zip(count(more)?) else { return Ok(None) };
    let a_note = (large.instructions - small.instructions) as f64 / (more - fewer) as f64;
    Ok(Some(format!(
        "{}: {:.2} million instructions a note, from {fewer} to {more} notes",
        corpus.name(),
        a_note / 1e6
    )))
}
