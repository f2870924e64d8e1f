//! The rule `undated`.
//!
//! A note of a kind with a feed that has no date is never in the feed.
//!
//! ```book.toml
//! title = "Book"
//! base-url = "https://example.org/"
//!
//! [kinds.recommendation]
//! folder = "recommendations"
//! title = "Recommendation"
//! plural = "Recommendations"
//! feed = true
//! ```
//!
//! ```content/recommendations/one.md
//! +++
//! title = "One"
//! +++
//! ```
//!
//! ```content/recommendations/two.md
//! +++
//! title = "Two"
//! updated = 2024-06-24
//! +++
//! ```
//!
//! ```diagnostics
//! content/recommendations/one.md:2:9-2:14: warning[undated]: the note has no date, so the feed of its kind does not tell of it
//!   help: add a line: date = 2024-06-24
//! ```
//!
//! ```content/recommendations/one.md
//! +++
//! title = "One"
//! date = "2024"
//! +++
//! ```
//!
//! ```diagnostics
//!
//! ```
//!
//! Without the address of the site there are no feeds.
//!
//! ```book.toml
//! title = "Book"
//!
//! [kinds.recommendation]
//! folder = "recommendations"
//! title = "Recommendation"
//! plural = "Recommendations"
//! feed = true
//! ```
//!
//! ```content/recommendations/one.md
//! +++
//! title = "One"
//! +++
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::table::TableReader;

/// A note has no date, and its kind has a feed.
pub const RULE: Rule = Rule {
    name: "undated",
    summary: "A note has no date, and its kind has a feed.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A note without a date, of a kind that has a feed (`feed = true`).

## Why it matters

A feed tells of notes by their dates, so its readers never hear of this one. The rule looks at books with a `base-url`, since others have no feeds.

## What to do

Add the day: `date = 2024-06-24`. Where only the month or the year is known, write `"2024-06"` or `"2024"`, in quotes.
"#,
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
