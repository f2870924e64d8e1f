//! The numbers by which the index calls notes: slots, taken from the addresses of the notes.
//!
//! Numbers in the order of paths would all move when a note is added, and every list with them. A
//! slot follows from the address alone, save where two want the same one; so a note more changes
//! the lists of its own words, and seldom others.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

/// The fewest binary digits of a slot.
const FEWEST_BITS: u32 = 4;

/// Returns the number of binary digits of the slots of `notes` notes: there are twice as many slots as notes.
pub(super) fn bits(notes: usize) -> u32 {
    (2 * notes).max(1).next_power_of_two().ilog2().max(FEWEST_BITS)
}

/// Returns the notes, by their place in `addresses`, in the order of their slots.
pub(super) fn slots<'a>(addresses: impl Iterator<Item = &'a str>, bits: u32) -> Vec<(u32, u32)> {
    let mut wanted: Vec<(u64, &str, u32)> =
        (0..).zip(addresses).map(|(at, address)| (hash(address), address, at)).collect();
    wanted.sort_unstable();
    let mut free = 0;
    let taken = wanted.into_iter().map(|(hash, _, at)| {
        let slot = free.max((hash >> (64 - bits)) as u32);
        free = slot + 1;
        (slot, at)
    });
    taken.collect()
}

/// Returns the number of a work that has several versions, which follows from its path alone.
pub(super) fn number(path: &str) -> u32 {
    (hash(path) >> 32) as u32
}

fn hash(address: &str) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(address.as_bytes());
    hasher.finish()
}
