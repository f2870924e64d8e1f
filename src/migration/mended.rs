//! Passages of imported notes that no book may have, changed to what it may. Each change is reported.

use std::ops::Range;

use super::{MigratedBook, Remark};
use crate::unfit::{MendedPassage, mended};

/// A passage that a rule finds, and that no book can allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfitPassage {
    /// The file in the book.
    pub path: String,
    /// The place, in bytes.
    pub place: Range<usize>,
    /// The name of the rule.
    pub rule: &'static str,
}

impl MigratedBook {
    /// Changes passages of the notes to what a book may have. Returns whether anything was changed.
    pub fn mend(&mut self, mut passages: Vec<UnfitPassage>) -> bool {
        // From the end of each file on, so that places stay what they are.
        passages.sort_by_key(|passage| std::cmp::Reverse(passage.place.start));
        let mut is_changed = false;
        for UnfitPassage { path, place, rule } in passages {
            let Some(bytes) = self.files.get_mut(&path) else { continue };
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            if let Some(MendedPassage { place, text: new, remark }) = mended(text, place, rule) {
                *bytes = [&text[..place.start], &new, &text[place.end..]].concat().into_bytes();
                self.remarks.push(Remark::new(&path, 0, remark));
                is_changed = true;
            }
        }
        self.remarks.sort();
        is_changed
    }
}
