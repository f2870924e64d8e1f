//! The rule `remote-image`.
//!
//! A picture on another site becomes a link.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! ![x](https://example.org/x.png) <img src="//example.org/x.png" alt="x">
//! ```
//!
//! ```diagnostics
//! content/a.md:5:1-5:32: warning[remote-image]: this picture lies on another site, so readers get a link to it
//!   help: save the picture beside the note, and name the file here
//! content/a.md:5:33-5:72: warning[remote-image]: this picture lies on another site, so readers get a link to it
//!   help: save the picture beside the note, and name the file here
//! ```
//!
//! A link is a link.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! [x](https://example.org/x.png)
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;

/// A picture is on another site.
pub const RULE: Rule = Rule {
    name: "remote-image",
    summary: "A picture is on another site.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A picture that lies on another site.

## Why it matters

A page must work without a network, and tell nobody who reads it. Readers get a link instead.

## What to do

Save the picture beside the note, and name the file.
",
};

const HELP: &str = "save the picture beside the note, and name the file here";

/// Reports a picture in whose place readers get a link.
pub(crate) fn report(findings: &mut Findings<'_>, at: &Range<usize>) {
    let message = "this picture lies on another site, so readers get a link to it";
    findings.warn(at, &RULE, message, HELP);
}

/// Reports a picture of raw HTML, in whose place readers get nothing.
pub(crate) fn report_left_out(findings: &mut Findings<'_>, at: &Range<usize>) {
    findings.warn(at, &RULE, "a picture that lies on another site is left out", HELP);
}
