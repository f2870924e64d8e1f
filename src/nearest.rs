//! "Did you mean": which of some names are near the one that was written.

use std::cell::OnceCell;

use rapidfuzz::distance::osa;

use crate::slug::{fold, without_accents};

/// How many names are offered at most.
const OFFERED: usize = 3;

/// How many characters a name must have for its beginning to stand for it.
const BEGINNING: usize = 6;

/// How long an ending may be that was left off.
const ENDING: usize = 3;

/// The longest name that is compared with others, in bytes: nobody mistypes a longer one by a
/// letter, and to compare two texts takes the product of their lengths.
const LONGEST: usize = 500;

/// For how many mistakes of one sort names are suggested. Each costs a look at every name, so where
/// there are more, the names for the first have to do.
pub const SUGGESTED: usize = 200;

/// The names nearest to `written`, best first; none where nothing is near. Names are compared as
/// links compare them, and without regard to accents and to whether a word is singular or plural.
/// One slip in four characters (a letter missing, added, changed, or swapped with its neighbour)
/// still counts as near. Where no name is, those count that begin with what was written.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    Suggestions::new(names).near(written)
}

/// Names to suggest, made ready to be compared with several that were mistyped.
pub struct Suggestions<'a> {
    names: Vec<SuggestedName<'a>>,
}

struct SuggestedName<'a> {
    written: &'a str,
    key: NameKey,
    /// The key with every word in the singular, where that is another.
    singular: Option<NameKey>,
}

/// A name as names are compared here.
struct NameKey {
    text: String,
    /// How many characters it has.
    length: usize,
    signs: CharacterSet,
}

/// Which signs a text has, as a bit each; some share one. A slip changes two bits at most, so texts
/// that differ in many more are not near, and need not be compared sign by sign.
#[derive(Clone, Copy)]
struct CharacterSet(u64);

impl<'a> Suggestions<'a> {
    /// Makes `names` ready.
    pub fn new(names: impl IntoIterator<Item = &'a str>) -> Self {
        let name = |written: &'a str| {
            let key = NameKey::new(without_accents(&fold(written)));
            let singular = singular(&key.text);
            let singular = (singular != key.text).then(|| NameKey::new(singular));
            SuggestedName { written, key, singular }
        };
        Self { names: names.into_iter().map(name).collect() }
    }

    /// The names nearest to `written`, as [`nearest`] finds them.
    pub fn near(&self, written: &str) -> Vec<&'a str> {
        self.near_where(written, |_| true)
    }

    /// Those among the names for whose place `is_meant` is true.
    pub fn near_where(&self, written: &str, is_meant: impl Fn(usize) -> bool) -> Vec<&'a str> {
        let wanted = without_accents(&fold(written));
        if wanted.len() > LONGEST {
            return Vec::new();
        }
        let names = self.names.iter().enumerate().filter(|(at, _)| is_meant(*at));
        let names = || names.clone().map(|(_, name)| name);
        let plain = NearName::new(&wanted);
        let one = singular(&wanted);
        let singular_near = NearName { allowed: plain.allowed, ..NearName::new(&one) };
        let mut near: Vec<(usize, &str)> = names()
            .filter_map(|name| {
                let most = plain.allowed * 4 + 4;
                if name.key.text.len().abs_diff(wanted.len()) > most {
                    return None;
                }
                // A name that differs only in number is nearer than any slip.
                let as_written = plain.distance(&name.key).map(|distance| distance * 2);
                let in_number = name.singular.as_ref().unwrap_or(&name.key);
                let in_number = singular_near.distance(in_number).map(|d| d * 2 + 1);
                let distance = [as_written, in_number].into_iter().flatten().min()?;
                // A name of which nothing is left is no suggestion.
                let is_left = distance < 2 * plain.length.max(name.key.length);
                is_left.then_some((distance, name.written))
            })
            .collect();
        near.sort_unstable();
        near.dedup_by_key(|near| near.1);
        if near.is_empty() && plain.length >= BEGINNING {
            let begins = |name: &&SuggestedName<'_>| {
                let rest = name.key.text.strip_prefix(&wanted);
                rest.is_some_and(|rest| rest.starts_with(' ') || rest.len() <= ENDING)
            };
            return names().filter(begins).map(|name| name.written).take(OFFERED).collect();
        }
        let best = near.first().map_or(0, |near| near.0);
        let good = near.into_iter().filter(|near| near.0 <= best + 2);
        good.map(|near| near.1).take(OFFERED).collect()
    }
}

/// What is near one name.
struct NearName<'w> {
    wanted: &'w str,
    signs: CharacterSet,
    /// How many characters the name has.
    length: usize,
    /// How many slips still count as near.
    allowed: usize,
    /// Made when the first name comes that may be near.
    comparator: OnceCell<osa::BatchComparator<char>>,
}

impl<'w> NearName<'w> {
    fn new(wanted: &'w str) -> Self {
        let length = wanted.chars().count();
        let (signs, allowed) = (CharacterSet::of(wanted), (length / 4).clamp(1, 4));
        Self { wanted, signs, length, allowed, comparator: OnceCell::new() }
    }

    /// How many slips the name is away, if it is near.
    fn distance(&self, name: &NameKey) -> Option<usize> {
        if self.signs.differ_in(name.signs) > 2 * self.allowed {
            return None;
        }
        let make = || osa::BatchComparator::new(self.wanted.chars());
        let args = osa::Args::default().score_cutoff(self.allowed);
        self.comparator.get_or_init(make).distance_with_args(name.text.chars(), &args)
    }
}

impl NameKey {
    fn new(text: String) -> Self {
        Self { length: text.chars().count(), signs: CharacterSet::of(&text), text }
    }
}

impl CharacterSet {
    fn of(text: &str) -> Self {
        let bit = |sign: char| 1 << (sign as u32 % u64::BITS);
        Self(text.chars().fold(0, |signs, sign| signs | bit(sign)))
    }

    fn differ_in(self, other: Self) -> usize {
        (self.0 ^ other.0).count_ones() as usize
    }
}

/// A name with every word in the singular, as English forms it.
fn singular(key: &str) -> String {
    let one = |word: &str| match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 1 => format!("{stem}y"),
        _ => match word.strip_suffix('s') {
            Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
            _ => word.to_owned(),
        },
    };
    key.split(' ').map(one).collect::<Vec<_>>().join(" ")
}
