//! The rule `no-notes`.
//!
//! A folder that is not there.
//!
//! ```book.toml
//! title = "A"
//! ```
//!
//! ```diagnostics
//! book.toml:1:1-1:1: error[no-notes]: the book has no notes: there are none in the folder content
//!   help: put the folder back, or write the first note: content/index.md
//! ```
//!
//! All is well.
//!
//! ```content/index.md
//! +++
//! title = "A"
//! +++
//! ```
//!
//! ```diagnostics
//!
//! ```
//!
//! Gone again.
//!
//! ```content/index.md
//! ```
//!
//! ```diagnostics
//! book.toml:1:1-1:1: error[no-notes]: the book has no notes: there are none in the folder content
//!   help: put the folder back, or write the first note: content/index.md
//! ```

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::note::{Note, Origin};
use crate::path::SourcePath;
use crate::site::Site;
use crate::span::Span;

/// The folder of the notes is empty or missing.
pub const RULE: Rule = Rule {
    name: "no-notes",
    summary: "The folder of the notes is empty or missing.",
    level: Level::Error,
    relaxation: Relaxation::None("there would be nothing to publish"),
    options: &[],
    page: "
## What it finds

A book whose folder `content` is missing or has no note in it.

## Why it matters

A folder that was renamed, or did not come with a copy, would take the whole site away.

## What to do

Put the folder back, or write the first note: `content/index.md` is the home page.
",
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let is_written = |note: &Arc<Note>| note.facts.origin == Origin::File;
    if site.drafts.is_empty() && !site.notes.iter().any(is_written) {
        let path = SourcePath::new(site.config.path.as_str());
        let message = "the book has no notes: there are none in the folder content";
        let found = Diagnostic::error(&path, Span::default(), &RULE, message);
        out.push(found.help("put the folder back, or write the first note: content/index.md"));
    }
}
