//! The words a thread has met, as written, each with its number.

use rustc_hash::FxHashMap;

use super::table::FormId;

/// Words with their numbers. Short ones, which nearly all are, stand in the table itself, so that to
/// find one is to look at one place in memory.
#[derive(Default)]
pub(super) struct Known {
    short: FxHashMap<Short, FormId>,
    long: FxHashMap<Box<str>, FormId>,
}

impl Known {
    /// The number of a word, if it was met.
    pub(super) fn get(&self, word: &str) -> Option<FormId> {
        match Short::of(word) {
            Some(short) => self.short.get(&short).copied(),
            None => self.long.get(word).copied(),
        }
    }

    /// Remembers the number of a word.
    pub(super) fn insert(&mut self, word: &str, form: FormId) {
        match Short::of(word) {
            Some(short) => drop(self.short.insert(short, form)),
            None => drop(self.long.insert(word.into(), form)),
        }
    }
}

/// A word of up to 15 bytes: its bytes, the first the lowest, and in the highest how many they are.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Short(u64, u64);

impl Short {
    fn of(word: &str) -> Option<Self> {
        let bytes = word.as_bytes();
        let n = bytes.len() as u32;
        let (low, high) = match (bytes.first_chunk(), bytes.last_chunk()) {
            _ if n > 15 => return None,
            // What the last eight bytes have in common with the first eight is shifted out.
            (Some(first), Some(last)) => {
                let rest = u64::from_le_bytes(*last).checked_shr(8 * (16 - n));
                (u64::from_le_bytes(*first), rest.unwrap_or(0))
            }
            _ => (few(bytes), 0),
        };
        Some(Self(low, high | u64::from(n) << 56))
    }
}

/// Up to seven bytes as a number.
fn few(bytes: &[u8]) -> u64 {
    let n = bytes.len() as u32;
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            let rest = u64::from(u32::from_le_bytes(*last)) >> (8 * (8 - n));
            u64::from(u32::from_le_bytes(*first)) | rest << 32
        }
        _ => bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    }
}
