//! The rule `unclosed-code`.
//!
//! Blocks of code without an end.
//!
//! `````content/a.md
//! +++
//! title = "A"
//! +++
//!
//! ```rust
//! let x = 1;
//!
//! ## The rest
//!
//! [[nowhere]]
//! `````
//!
//! ```diagnostics
//! content/a.md:5:1-5:8: warning[unclosed-code]: this block of code has no end, so all that follows is shown as code
//!   help: write ``` on a line of its own where the code ends
//! ```
//!
//! `````content/a.md
//! +++
//! title = "A"
//! +++
//!
//! > ~~~
//! > code
//!
//! - ````
//!   code
//!   ```
//!
//! Text.
//! `````
//!
//! ```diagnostics
//! content/a.md:5:3-5:6: warning[unclosed-code]: this block of code has no end, so all that follows is shown as code
//!   help: write ~~~ on a line of its own where the code ends
//! content/a.md:8:3-8:7: warning[unclosed-code]: this block of code has no end, so all that follows is shown as code
//!   help: write ```` on a line of its own where the code ends
//! ```
//!
//! Blocks that end.
//!
//! `````content/a.md
//! +++
//! title = "A"
//! +++
//!
//! ````
//! ```
//! ````
//!
//! > ```
//! > code
//! > ```
//!
//!     code
//! `````
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// A block of code does not end.
pub const RULE: Rule = Rule {
    name: "unclosed-code",
    summary: "A block of code does not end.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A block of code that begins with three backticks or tildes and does not end.

## Why it matters

The rest of the note is shown as code, headings and links included.

## What to do

Where the code ends, write the same signs on a line of their own, at least as many of them.
",
};

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct UnclosedCode;

impl TextRule for UnclosedCode {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        let TextEvent::CodeBlock { at, .. } = event else { return };
        let written = note.written(at).trim_end();
        if let Some(fence) = missing_fence(written) {
            let first = written.split('\n').next().unwrap_or_default();
            let message = "this block of code has no end, so all that follows is shown as code";
            let help = format!("write {fence} on a line of its own where the code ends");
            findings.warn(&(at.start..at.start + first.len()), &RULE, message, help);
        }
    }
}

/// Returns the signs that would close a block of code, if they are missing.
pub(crate) fn missing_fence(block: &str) -> Option<&str> {
    let first = block.split('\n').next().unwrap_or_default();
    let sign = if first.starts_with('~') { '~' } else { '`' };
    let fence = &first[..first.len() - first.trim_start_matches(sign).len()];
    let last = block.rsplit('\n').next().filter(|_| block.contains('\n'));
    let last = last.unwrap_or_default().trim_start_matches([' ', '\t', '>']);
    let is_closed = last.len() >= fence.len() && last.chars().all(|c| c == sign);
    (!is_closed).then_some(fence)
}
