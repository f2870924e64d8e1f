//! The rule `unnamed-endorser`.

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::note::Status;
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::table::TableReader;

/// A note is endorsed but does not say by whom.
pub const RULE: Rule = Rule {
    name: "unnamed-endorser",
    summary: "A note is endorsed but does not say by whom.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A note that has the status `endorsed` but does not say who endorsed it.

## Why it matters

Readers rely on an endorsement only if they know whose it is.

## What to do

Add a line: `endorsed-by = "…"`, or choose another status.
"#,
};

/// Looks for the name of who endorsed the note.
pub(crate) fn check(note: &FrontMatterContext<'_>, reader: &mut TableReader<'_>) {
    let draft = note.draft;
    if draft.status == Status::Endorsed && draft.standing.endorsed_by.is_none() {
        let message = "the note says that it is endorsed, and not by whom";
        let line = reader.notation().setting("endorsed-by", "\"…\"");
        let help = format!("add a line: {line}");
        reader.report(note.place, &RULE, message).help.push(help);
    }
}
