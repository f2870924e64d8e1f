//! The notes that hold a stem, with its level in each, as text that a browser reads fast.
//!
//! A list is written level by level, the highest first: the level, how many notes have it, and
//! their slots as differences. Numbers are written in [`DIGITS`], five binary digits a sign.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::fingerprint::Fingerprint;

/// The digits of numbers. The upper half says that another digit follows.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The value of each sign that is a digit.
const VALUES: [u8; 256] = {
    let mut values = [0; 256];
    let mut value = 0;
    while value < DIGITS.len() {
        values[DIGITS[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// The levels there can be, from 0 on.
const LEVELS: usize = crate::token::LEVELS as usize + 1;

/// How many notes a list names at most, those where the stem weighs most. A stem that more notes
/// hold hardly tells them apart, and its list would be slow to fetch.
pub(super) const LONGEST: usize = 16_384;

/// One note of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting {
    pub(super) slot: u32,
    pub(super) level: u8,
}

/// How many binary digits a level has.
const LEVEL: u32 = LEVELS.ilog2();

impl Posting {
    /// The posting as one number, for lists of all that a book has. There are never more than 2^27
    /// slots: that many notes would be a hundred times what the memory of a machine holds.
    pub(super) fn packed(self) -> u32 {
        self.slot << LEVEL | u32::from(self.level)
    }

    /// What [`Posting::packed`] made a number of.
    pub(super) fn unpacked(number: u32) -> Self {
        Self { slot: number >> LEVEL, level: number as u8 & (LEVELS - 1) as u8 }
    }
}

/// The notes that hold a stem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PostingList {
    /// How many there are.
    pub(super) count: u32,
    written: Arc<[u8]>,
    pub(super) fingerprint: Fingerprint,
}

impl PostingList {
    /// Makes the list of notes given in the order of their slots.
    pub(super) fn new(postings: impl ExactSizeIterator<Item = Posting> + Clone) -> Self {
        let mut counts = [0u32; LEVELS];
        for posting in postings.clone() {
            counts[usize::from(posting.level)] += 1;
        }
        // Where the notes of each level go, the highest level first.
        let mut ends = [0usize; LEVELS];
        let mut end = 0;
        for level in (0..LEVELS).rev() {
            ends[level] = end;
            end += counts[level] as usize;
        }
        let mut by_level = vec![Posting { slot: 0, level: 0 }; postings.len()];
        for posting in postings {
            let end = &mut ends[usize::from(posting.level)];
            by_level[*end] = posting;
            *end += 1;
        }
        Self::of(&by_level)
    }

    fn of(by_level: &[Posting]) -> Self {
        let mut written = Vec::with_capacity(2 * by_level.len() + 4);
        write(by_level, &mut written);
        let fingerprint = Fingerprint::of(&*written);
        Self { count: by_level.len() as u32, written: written.into(), fingerprint }
    }

    /// The notes that the index names: those of the highest levels.
    pub(super) fn shown(&self) -> Vec<Posting> {
        let mut postings = self.by_level();
        postings.truncate(LONGEST);
        postings
    }

    /// The notes level by level, the highest first, and in each in the order of their slots.
    fn by_level(&self) -> Vec<Posting> {
        let (mut digits, mut postings) = (&*self.written, Vec::with_capacity(self.count as usize));
        while let (Some(level), Some(count)) = (read_number(&mut digits), read_number(&mut digits))
        {
            let mut slot = 0;
            for _ in 0..count {
                slot += read_number(&mut digits).unwrap_or_default();
                postings.push(Posting { slot, level: level as u8 });
            }
        }
        postings
    }

    /// Takes the note at `slot` out, or puts it in with another level.
    pub(super) fn set(&mut self, slot: u32, level: Option<u8>) {
        let mut postings = self.by_level();
        postings.retain(|posting| posting.slot != slot);
        if let Some(level) = level {
            let place = (Reverse(level), slot);
            let at = postings.partition_point(|other| (Reverse(other.level), other.slot) < place);
            postings.insert(at, Posting { slot, level });
        }
        *self = Self::of(&postings);
    }

    /// About how many bytes the index takes for it, with its stem.
    pub(super) fn size(&self) -> usize {
        6 + self.written.len().min(2 * LONGEST)
    }

    /// Writes how many notes there are, and the list as the index has it.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        write_number(self.count, out);
        if self.count as usize <= LONGEST {
            return out.extend_from_slice(&self.written);
        }
        write(&self.shown(), out);
    }
}

/// Writes notes given level by level.
fn write(by_level: &[Posting], out: &mut Vec<u8>) {
    for postings in by_level.chunk_by(|a, b| a.level == b.level) {
        write_number(u32::from(postings[0].level), out);
        write_number(postings.len() as u32, out);
        let mut last = 0;
        for posting in postings {
            write_number(posting.slot - last, out);
            last = posting.slot;
        }
    }
}

/// Writes a number, five binary digits a sign, the lowest first.
pub(super) fn write_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 32 {
        out.push(DIGITS[(number & 31 | 32) as usize]);
        number >>= 5;
    }
    out.push(DIGITS[number as usize]);
}

fn read_number(digits: &mut &[u8]) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (digit, rest) = digits.split_first()?;
        *digits = rest;
        let value = VALUES[usize::from(*digit)];
        number |= u32::from(value & 31) << shift;
        shift += 5;
        if value < 32 {
            return Some(number);
        }
    }
}
