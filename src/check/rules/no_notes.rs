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
//!   help: if the notes are in another folder, name it in book.toml: content = "docs", or "." if they lie beside it
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
//!   help: if the notes are in another folder, name it in book.toml: content = "docs", or "." if they lie beside it
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

A book whose folder of notes is missing or has no note in it. That is `content`, unless the book names another.

## Why it matters

A folder that was renamed, or did not come with a copy, would take the whole site away.

## What to do

Put the folder back, or write the first note: `content/index.md` is the home page. If the notes are in another folder, name it in `book.toml`:

    content = \"docs\"

With `content = \".\"` they lie beside `book.toml`, as in a vault of Obsidian.
",
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let is_written = |note: &Arc<Note>| note.facts.origin == Origin::File;
    if site.drafts.is_empty() && !site.notes.iter().any(is_written) {
        let path = SourcePath::new(site.config.path.as_str());
        let content = &*site.config.content;
        let place = if content.is_empty() { "of the book" } else { content };
        let first = SourcePath::in_notes_of(content, "index.md");
        let message = format!("the book has no notes: there are none in the folder {place}");
        let found = Diagnostic::error(&path, Span::default(), &RULE, message);
        let found = found.help(format!("put the folder back, or write the first note: {first}"));
        out.push(found.help(format!(
            "if the notes are in another folder, name it in {}: content = \"docs\", or \".\" if they lie beside it",
            site.config.path
        )));
    }
}
