//! The rule `withdrawn-unexplained`.

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::note::Status;
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::table::TableReader;

/// A withdrawn note does not say why.
pub const RULE: Rule = Rule {
    name: "withdrawn-unexplained",
    summary: "A withdrawn note does not say why.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A withdrawn note that does not say why.

## Why it matters

Readers who relied on it need to know what was wrong with it.

## What to do

Add a line: `withdrawn-reason = "…"`.
"#,
};

/// Looks for the reason why the note was withdrawn.
pub(crate) fn check(note: &FrontMatterContext<'_>, reader: &mut TableReader<'_>) {
    let draft = note.draft;
    if draft.status == Status::Withdrawn && draft.standing.withdrawn_reason.is_none() {
        let message = "the note was withdrawn, and does not say why";
        let line = reader.notation().setting("withdrawn-reason", "\"…\"");
        let help = format!("add a line: {line}");
        reader.warn(note.place, &RULE, message, help);
    }
}
