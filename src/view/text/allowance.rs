//! A bound on the texts of other notes that a page shows in place.

use std::cell::Cell;

/// The most bytes of embedded texts that a page shows in all. Without a bound a few notes that embed a
/// long one would make a site of any size.
const BYTES: u32 = 256 * 1024;

/// The embeds that a page may still show in place; further ones are links.
#[derive(Clone, Debug)]
pub(super) struct EmbedAllowance {
    embeds: Cell<u32>,
    bytes: Cell<u32>,
}

impl EmbedAllowance {
    /// An allowance of so many embeds.
    pub(super) fn new(embeds: u32) -> Self {
        Self { embeds: Cell::new(embeds), bytes: Cell::new(BYTES) }
    }

    /// Takes an embed of so many bytes from the allowance; false if too little is left.
    pub(super) fn take(&self, bytes: u32) -> bool {
        let left = self.embeds.get().checked_sub(1).zip(self.bytes.get().checked_sub(bytes));
        if let Some((embeds, bytes)) = left {
            self.embeds.set(embeds);
            self.bytes.set(bytes);
        }
        left.is_some()
    }
}
