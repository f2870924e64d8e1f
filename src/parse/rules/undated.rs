//! The rule `undated`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::table::TableReader;

/// A note has no date, and its kind has a feed.
pub const RULE: Rule = Rule {
    name: "undated",
    summary: "A note has no date, and its kind has a feed.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("undated"),
};

/// Looks for a date, by which a feed tells of notes. What others are filed under has none by its nature, and its
/// feeds tell of those.
pub(crate) fn check(note: &FrontMatterContext<'_>, reader: &mut TableReader<'_>) {
    let (draft, kind) = (note.draft, note.config.kind(note.kind));
    let is_dated = draft.date.or(draft.updated).or(draft.standing.withdrawn_on).is_some()
        || !draft.changes.is_empty();
    let has_feed = kind.feed && !kind.features.taxonomy && note.config.base_url.is_some();
    if !is_dated && has_feed && !reader.has_strayed("date") {
        let message = "the note has no date, so the feed of its kind does not tell of it";
        reader.warn(note.place, &RULE, message, "add a line: date = 2024-06-24");
    }
}
