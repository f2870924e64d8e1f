//! Controls of direction in a passage, and sentences without their effect on other texts.

use std::ops::Range;

use crate::bidi;
use crate::note::Excerpt;

/// A control of direction in the passage that is being written.
pub(crate) struct PlacedControl {
    pub(crate) control: char,
    /// The place in the Markdown.
    pub(crate) at: Range<usize>,
    /// False if another control of the same sort may be at that place.
    pub(crate) is_exact: bool,
}

/// Makes each part of a sentence change the order of nothing else: lists show it among other texts.
pub(crate) fn tidied(excerpt: Excerpt) -> Excerpt {
    let tidied = |text: Box<str>| Box::from(bidi::tidied(&text).text);
    let Excerpt { before, text, after } = excerpt;
    Excerpt { before: tidied(before), text: text.map(tidied), after: tidied(after) }
}
