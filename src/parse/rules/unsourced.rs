//! The rule `unsourced`.

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::note::Status;
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::table::TableReader;

/// A published note names no source.
pub const RULE: Rule = Rule {
    name: "unsourced",
    summary: "A published note names no source.",
    level: Level::Off,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A note that is published or endorsed, and names no source.

## Why it matters

Readers can't judge how far to rely on it.

## What to do

Name what it rests on:

    [[sources]]
    ref = "the-note-of-the-document"
    locator = "¶7"

The rule is off unless a book asks for it. It can ask for some kinds only:

    [check]
    unsourced = { level = "warning", kinds = ["lesson"] }
"#,
};

/// Looks for the sources of a note that readers rely on.
pub(crate) fn check(note: &FrontMatterContext<'_>, reader: &mut TableReader<'_>) {
    let draft = note.draft;
    let is_relied_on = matches!(draft.status, Status::Published | Status::Endorsed);
    if is_relied_on && !draft.inherits && draft.sources.is_empty() && !draft.has_sources {
        let notation = reader.notation();
        let help = format!(
            "say what it rests on: {}, and below it a line {}",
            notation.heading("sources"),
            notation.first_setting("ref", "\"…\"")
        );
        reader.warn(note.place, &RULE, "the note names no source", help);
    }
}
