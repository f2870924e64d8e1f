//! The status that every note has.

use serde::Serialize;

/// The status of a note: how far it may be relied on, as its writers say. That a note is superseded
/// is never written: it follows from another note's `supersedes`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not for readers yet.
    Draft,
    /// Open for comment.
    UnderReview,
    /// Published.
    #[default]
    Published,
    /// Published, and endorsed by somebody who is named.
    Endorsed,
    /// No longer to be relied on.
    Withdrawn,
}

impl Status {
    /// Every status with its name, as front matter has it.
    pub const ALL: [(&'static str, Self); 5] = [
        ("draft", Self::Draft),
        ("under-review", Self::UnderReview),
        ("published", Self::Published),
        ("endorsed", Self::Endorsed),
        ("withdrawn", Self::Withdrawn),
    ];
}
