//! The rule `unclosed-comment`.
//!
//! Places stay right behind comments that end.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! %% one %% Text [[nobody]].
//!
//! %%
//! [[nothing]]
//! %%
//!
//! > a %% b
//! > c %% d [[none]].
//!
//! Text <!-- lost, and `<!--` and \<!-- are not.
//!
//! | One | Two |
//! | --- | --- |
//! | a <!-- b | c --> |
//!
//! <!-- 50 %% --> One <!-- 60 %% a year --> and %% two %%.
//!
//! <div><!-- 70 %%
//! 80 %% --></div>
//!
//! [x][y] %% and `so on
//!
//! ~~~text
//! %%
//! ~~~
//! ```
//!
//! ```diagnostics
//! content/a.md:5:16-5:26: error[broken-link]: no note is called "nobody"
//! content/a.md:12:10-12:18: error[broken-link]: no note is called "none"
//! content/a.md:14:6-14:10: error[unclosed-comment]: this comment does not end here, so it would be shown to readers
//!   help: write --> where it ends, or \<!-- if these signs are no comment
//! content/a.md:18:5-18:9: error[unclosed-comment]: this comment does not end here, so it would be shown to readers
//!   help: a bar ends the cell and the comment with it: write a bar in it as \|
//! content/a.md:25:1-25:7: error[undefined-reference]: no line of this note says where "[y]" leads
//!   help: add a line at the end of the note: [y]: https://…
//! content/a.md:25:8-25:10: error[unclosed-comment]: this comment does not end, so it would be shown to readers
//!   help: write %% where it ends, or \%% if these signs are no comment
//! ```
//!
//! All is well: in code, after a backslash, in front matter, in comments that hold code.
//!
//! ```content/a.md
//! +++
//! title = "A %%"
//! +++
//!
//! `%%` and \%% and %% it`s %% and `%%`
//!
//! %%
//! ~~~text
//! %%
//! ~~~
//! %%
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text::is_escaped;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};
use memchr::memmem;

/// A comment does not end.
pub const RULE: Rule = Rule {
    name: "unclosed-comment",
    summary: "A comment does not end.",
    level: Level::Error,
    relaxation: Relaxation::None("readers would see what is not meant for them"),
    options: &[],
    page: r#"
## What it finds

A comment that begins with `<!--` or with `%%` and does not end.

## Why it matters

All text after a `<!--` would be lost. The text after a `%%` would be shown to readers, although it was not meant for
them.

## What to do

Write `-->` or `%%` where the comment ends. If the two percent signs do not begin a comment, write a backslash before them: `\%%`.
"#,
};

/// The rule over the text of a note: the beginning of a comment of HTML that would be shown.
#[derive(Default)]
pub(crate) struct UnclosedComment;

impl TextRule for UnclosedComment {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        let TextEvent::Brackets { at, in_table } = event else { return };
        for found in memmem::find_iter(note.written(at).as_bytes(), b"<!--") {
            let place = at.start + found..at.start + found + "<!--".len();
            if !is_escaped(note.markdown, place.start) {
                let message = "this comment does not end here, so it would be shown to readers";
                let help = if *in_table {
                    "a bar ends the cell and the comment with it: write a bar in it as \\|"
                } else {
                    "write --> where it ends, or \\<!-- if these signs are no comment"
                };
                findings.error(&place, &RULE, message, help);
            }
        }
    }
}

/// Reports a comment of a writer, `%%`, that does not end.
pub(crate) fn report(findings: &mut Findings<'_>, at: &Range<usize>) {
    let message = "this comment does not end, so it would be shown to readers";
    let help = "write %% where it ends, or \\%% if these signs are no comment";
    findings.error(at, &RULE, message, help);
}

/// Reports a comment in a block of raw HTML that does not end.
pub(crate) fn report_in_html(findings: &mut Findings<'_>, at: &Range<usize>) {
    let message = "this comment does not end, so all after it would be lost";
    findings.error(at, &RULE, message, "write --> where it ends");
}
