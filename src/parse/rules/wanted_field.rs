//! The rule `wanted-field`.

use crate::config::WantedField;
use crate::diagnostic::{Level, Relaxation, Rule};
use crate::note::RefField;
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::table::TableReader;

/// A field that a note should have is missing.
pub const RULE: Rule = Rule {
    name: "wanted-field",
    summary: "A field that a note should have is missing.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A field that notes of this kind should have, such as the theme, and that is not there.

## Why it matters

The note is missing from the lists where readers look for it.

## What to do

Fill the field. `book.toml` says which fields are wanted, and may name a second field that says why the first is empty:

    themes = { to = "theme", many = true, wanted = true, unless = "theme-note" }
"#,
};

/// Looks for the fields that notes of the kind should have.
pub(crate) fn check(note: &FrontMatterContext<'_>, reader: &mut TableReader<'_>) {
    let (draft, fields) = (note.draft, &note.config.kind(note.kind).fields);
    if draft.inherits {
        return;
    }
    let notation = reader.notation();
    let is_there = |at: usize, reader: &TableReader<'_>| {
        let own = RefField::Own(at as u16);
        draft.references.iter().any(|reference| reference.field == own)
            || draft.values.iter().any(|value| usize::from(value.field) == at)
            || draft.unreadable.contains(&at)
            || reader.has_strayed(&fields[at].name)
    };
    for (at, field) in fields.iter().enumerate() {
        let Some(WantedField { unless }) = &field.wanted else { continue };
        let reason = unless.as_ref().and_then(|name| fields.iter().position(|f| f.name == *name));
        if is_there(at, reader) || reason.is_some_and(|at| is_there(at, reader)) {
            continue;
        }
        let message = format!("the note has no \"{}\"", field.name);
        let help = match unless {
            Some(unless) => {
                format!("add a line: {}; or say in \"{unless}\" why not", field.line(notation))
            }
            None => format!("add a line: {}", field.line(notation)),
        };
        reader.warn(note.place, &RULE, message, help);
    }
}
