//! The notes that hold a stem, with its level in each, as text that a browser reads fast.
//!
//! A list is written level by level, the highest first: the level, how many notes have it, and
//! their slots as differences. Numbers are written in [`DIGITS`], five binary digits a sign.

use crate::fingerprint::Fingerprint;

/// The digits of numbers. The upper half says that another digit follows.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// How many notes a list names at most, those where the stem weighs most. A stem that more notes
/// hold hardly tells them apart, and its list would be slow to fetch.
pub(super) const LONGEST: usize = 16_384;

/// One note of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting {
    pub(super) slot: u32,
    pub(super) level: u8,
}

/// The notes that hold a stem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    /// How many there are.
    pub(super) count: u32,
    written: Box<[u8]>,
    pub(super) fingerprint: Fingerprint,
}

impl List {
    /// Makes the list of notes given in the order of their slots.
    pub(super) fn new(postings: &[Posting]) -> Self {
        let mut written = Vec::with_capacity(2 * postings.len() + 4);
        write(postings, &mut written);
        let fingerprint = Fingerprint::of(&*written);
        Self { count: postings.len() as u32, written: written.into(), fingerprint }
    }

    /// The notes, in the order of their slots.
    pub(super) fn postings(&self) -> Vec<Posting> {
        let mut postings = self.by_level();
        postings.sort_unstable();
        postings
    }

    /// The notes that the index names: those of the highest levels.
    pub(super) fn shown(&self) -> Vec<Posting> {
        let mut postings = self.by_level();
        postings.truncate(LONGEST);
        postings
    }

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
        let mut postings = self.postings();
        let at = postings.partition_point(|posting| posting.slot < slot);
        let there = postings.get(at).is_some_and(|posting| posting.slot == slot);
        let new = level.map(|level| Posting { slot, level });
        postings.splice(at..at + usize::from(there), new);
        *self = Self::new(&postings);
    }

    /// How long the list is as the index has it.
    pub(super) fn size(&self) -> usize {
        self.written.len().min(2 * LONGEST)
    }

    /// Writes how many notes there are, and the list as the index has it.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        write_number(self.count, out);
        if self.count as usize <= LONGEST {
            return out.extend_from_slice(&self.written);
        }
        let mut shown = self.shown();
        shown.sort_unstable();
        write(&shown, out);
    }
}

fn write(postings: &[Posting], out: &mut Vec<u8>) {
    let mut counts = [0u32; 32];
    for posting in postings {
        counts[usize::from(posting.level)] += 1;
    }
    // Where the slots of each level go, the highest level first.
    let mut starts = [0usize; 32];
    let mut start = 0;
    for level in (0..32).rev() {
        starts[level] = start;
        start += counts[level] as usize;
    }
    let mut slots = vec![0u32; postings.len()];
    for posting in postings {
        let at = &mut starts[usize::from(posting.level)];
        slots[*at] = posting.slot;
        *at += 1;
    }
    let mut rest = &slots[..];
    for level in (0..32).rev().filter(|level| counts[*level as usize] > 0) {
        let (now, later) = rest.split_at(counts[level as usize] as usize);
        rest = later;
        write_number(level, out);
        write_number(now.len() as u32, out);
        let mut last = 0;
        for slot in now {
            write_number(slot - last, out);
            last = *slot;
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
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'-' => 62,
            _ => 63,
        };
        number |= u32::from(value & 31) << shift;
        shift += 5;
        if value < 32 {
            return Some(number);
        }
    }
}
