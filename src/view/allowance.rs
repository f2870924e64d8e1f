//! How much of other notes a page shows in place.

use std::cell::Cell;

/// How many bytes of embedded texts a page shows, all told. Without a bound a few notes that embed a
/// long one would make a site of any size.
const BYTES: u32 = 256 * 1024;

/// What a page may still show in place; further embeds are links.
#[derive(Clone, Debug)]
pub(super) struct EmbedAllowance {
    embeds: Cell<u32>,
    bytes: Cell<u32>,
}

impl EmbedAllowance {
    /// Up to so many embeds.
    pub(super) fn new(embeds: u32) -> Self {
        Self { embeds: Cell::new(embeds), bytes: Cell::new(BYTES) }
    }

    /// Takes what an embed of so many bytes needs; false if there is too little left.
    pub(super) fn take(&self, bytes: u32) -> bool {
        let left = self.embeds.get().checked_sub(1).zip(self.bytes.get().checked_sub(bytes));
        if let Some((embeds, bytes)) = left {
            self.embeds.set(embeds);
            self.bytes.set(bytes);
        }
        left.is_some()
    }
}
