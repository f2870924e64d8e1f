//! The rule `undefined-reference`.
//!
//! A link by reference whose line is missing.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! See [the lesson][1], [2][] and [sic].
//! ```
//!
//! ```diagnostics
//! content/a.md:5:5-5:20: error[undefined-reference]: no line of this note says where "[1]" leads
//!   help: add a line at the end of the note: [1]: https://…
//! content/a.md:5:22-5:25: error[undefined-reference]: no line of this note says where "[2]" leads
//!   help: add a line at the end of the note: [2]: https://…
//! ```
//!
//! All is well.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! See [the lesson][1] and [sic].
//!
//! [1]: a.md
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::nearest::{SUGGESTED, Suggestions};
use crate::parse::text::EditedText;
use crate::path::SourcePath;

/// A reference link has no definition.
pub const RULE: Rule = Rule {
    name: "undefined-reference",
    summary: "A reference link has no definition.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A link of the form `[text][name]`, in a note without a line that gives the address of the name.

## Why it matters

Readers see square brackets, and no link.

## What to do

Add a line at the end of the note: `[name]: https://…`
",
};

/// Reports links by names that no line explains. `labels` are the names that lines explain.
pub(crate) fn report(
    path: &SourcePath,
    edited: &EditedText<'_>,
    labels: &[String],
    undefined: Vec<(Range<usize>, String)>,
    out: &mut Vec<Diagnostic>,
) {
    if undefined.is_empty() {
        return;
    }
    let labels = Suggestions::new(labels.iter().map(String::as_str));
    for (number, (at, name)) in undefined.into_iter().enumerate() {
        let message = format!("no line of this note says where \"[{name}]\" leads");
        let help = format!("add a line at the end of the note: [{name}]: https://…");
        let broken = Diagnostic::error(path, edited.span(at), &RULE, message);
        let near = if number < SUGGESTED { labels.near(&name) } else { Vec::new() };
        out.push(if near.is_empty() { broken.help(help) } else { broken.did_you_mean(&near) });
    }
}
