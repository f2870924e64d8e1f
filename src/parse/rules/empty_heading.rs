//! The rule `empty-heading`.
//!
//! Headings without words.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! ## One
//!
//! ##
//!
//! ## Two
//!
//! ### ###
//! ```
//!
//! ```diagnostics
//! content/a.md:7:1-7:3: warning[empty-heading]: this heading has no words
//!   help: write what the part below is about, or delete the signs
//! content/a.md:11:1-11:8: warning[empty-heading]: this heading has no words
//!   help: write what the part below is about, or delete the signs
//! ```
//!
//! Other lines, and pictures.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! ## One
//!
//! ---
//!
//! \##
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// A heading has no words.
pub const RULE: Rule = Rule {
    name: "empty-heading",
    summary: "A heading has no words.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A line of `#` signs with no words after them.

## Why it matters

A heading without words says nothing, least of all to those who jump from heading to heading with a screen reader. The
list of what is on the page leaves it out.

## What to do

Name the part below, or delete the signs. For a line across the page, write `---`.
",
};

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct EmptyHeading;

impl TextRule for EmptyHeading {
    fn visit(&mut self, event: &TextEvent<'_>, _: &TextContext<'_>, findings: &mut Findings<'_>) {
        if let TextEvent::Heading { is_empty: true, at, .. } = event {
            let help = "write what the part below is about, or delete the signs";
            findings.warn(at, &RULE, "this heading has no words", help);
        }
    }
}
