//! The status that every note has.

use serde::Serialize;

/// The degree to which a note may be relied on, as its writers declare it. "Superseded" is never
/// declared: it follows from another note's `supersedes`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not ready for readers.
    Draft,
    /// Open for comment.
    UnderReview,
    /// Published.
    #[default]
    Published,
    /// Published, and endorsed by a named person or body.
    Endorsed,
    /// No longer to be relied on.
    Withdrawn,
}

impl Status {
    /// Every status with its name, in front matter.
    pub const ALL: [(&'static str, Self); 5] = [
        ("draft", Self::Draft),
        ("under-review", Self::UnderReview),
        ("published", Self::Published),
        ("endorsed", Self::Endorsed),
        ("withdrawn", Self::Withdrawn),
    ];
}
