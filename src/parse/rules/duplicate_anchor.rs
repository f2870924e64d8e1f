//! The rule `duplicate-anchor`.
//!
//! Two places of a note with one name.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! ## One {#same}
//!
//! ## Two {#same}
//!
//! Text. ^claim
//!
//! Text. ^claim
//!
//! <p id="same">x</p>
//! ```
//!
//! ```diagnostics
//! content/a.md:7:1-7:15: error[duplicate-anchor]: the note has two places called "same"
//!   help: give one of them another name
//! content/a.md:11:1-11:13: error[duplicate-anchor]: the note has two places called "claim"
//!   help: give one of them another name
//! content/a.md:13:4-13:13: error[duplicate-anchor]: the note has two places called "same"
//!   help: give one of them another name
//! ```
//!
//! Headings with the same text are no problem: they get numbers.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! ## Result
//!
//! ## Result
//!
//! Text. ^claim
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;

/// Two places of a note have the same name.
pub const RULE: Rule = Rule {
    name: "duplicate-anchor",
    summary: "Two places of a note have the same name.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

Two places of a note with the same name: a block id, the id of a heading, or the id of an HTML element. Names that begin
with `page.` belong to the page itself, and no note may use one.

## Why it matters

A link to that name can lead to only one of them.

## What to do

Give one of them another name, one that does not begin with `page.`.
",
};

/// Reports an id that the note has already.
pub(crate) fn report(findings: &mut Findings<'_>, at: &Range<usize>, id: &str) {
    let message = format!("the note has two places called \"{id}\"");
    findings.error(at, &RULE, message, "give one of them another name");
}

/// Reports an id that the page itself may have.
pub(crate) fn report_of_page(findings: &mut Findings<'_>, at: &Range<usize>, id: &str) {
    let message = format!("\"{id}\" begins as the names of the page's own parts do");
    findings.error(at, &RULE, message, "give it another name");
}
