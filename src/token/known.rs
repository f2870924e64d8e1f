//! The words a thread has met, as written, each with its number.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

use super::table::FormId;

/// How many of the words met last are kept at hand. A few thousand words make up nine tenths of a text,
/// and so many stay in the memory next to the processor.
const AT_HAND: usize = 2048;

/// Words with their numbers. Short ones, which nearly all are, stand in the table itself, so that to
/// find one is to look at one place in memory.
pub(super) struct WordTable {
    /// Some of `short`, each where its hash says; nothing else can stand there.
    at_hand: Box<[(ShortWord, FormId)]>,
    short: FxHashMap<ShortWord, FormId>,
    long: FxHashMap<Box<str>, FormId>,
}

impl Default for WordTable {
    fn default() -> Self {
        let nothing = (ShortWord(0, 0), FormId(0));
        let (short, long) = Default::default();
        Self { at_hand: vec![nothing; AT_HAND].into(), short, long }
    }
}

impl WordTable {
    /// The number of a word, if it was met.
    pub(super) fn get(&mut self, word: &str) -> Option<FormId> {
        let Some(short) = ShortWord::of(word) else { return self.long.get(word).copied() };
        let at_hand = &mut self.at_hand[short.mixed() as usize % AT_HAND];
        if at_hand.0 != short {
            *at_hand = (short, *self.short.get(&short)?);
        }
        Some(at_hand.1)
    }

    /// Remembers the number of a word.
    pub(super) fn insert(&mut self, word: &str, form: FormId) {
        match ShortWord::of(word) {
            Some(short) => drop(self.short.insert(short, form)),
            None => drop(self.long.insert(word.into(), form)),
        }
    }
}

/// A word of up to 15 bytes: its bytes, and in the highest how many they are.
#[derive(Clone, Copy, PartialEq, Eq)]
struct ShortWord(u64, u64);

/// What [`ShortWord`] is multiplied by: the digits of pi and of e, which have nothing to do with words.
const PI: u64 = 0x2438_6a88_85a3_08d3;
const E: u64 = 0xb7e1_5162_8aed_2a6b;

impl Hash for ShortWord {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.mixed());
    }
}

impl ShortWord {
    /// Every letter counts in every bit, as both halves of a long product are taken. The hash of the
    /// table by itself would see little of the last letters.
    fn mixed(self) -> u64 {
        let product = u128::from(self.0 ^ PI) * u128::from(self.1 ^ E);
        product as u64 ^ (product >> 64) as u64
    }

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
        // The first, the middle and the last: with their number, all there are.
        _ if n > 0 => [0, bytes.len() / 2, bytes.len() - 1]
            .iter()
            .fold(0, |number, at| number << 8 | u64::from(bytes[*at])),
        _ => 0,
    }
}
