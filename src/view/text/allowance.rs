//! A bound on the texts of other notes that a page shows in place.

use std::cell::Cell;

/// The most embeds that a page shows in place; further ones are links. Without a bound a few notes that
/// embed each other many times would make a page of any size.
pub(super) const EMBEDS: u32 = 100;

/// The most embeds that each text shows in place on a page that holds many texts.
pub(super) const EMBEDS_AMONG_OTHERS: u32 = 4;

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
