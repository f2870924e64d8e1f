//! "Did you mean": the names that are similar to the one that was written.

use std::cell::OnceCell;

use rapidfuzz::distance::osa;

use crate::slug::{fold, without_accents};

/// The most names that are offered.
const MAX_OFFERED: usize = 3;

/// The least number of characters with which the beginning of a name can stand for it.
const MIN_BEGINNING: usize = 6;

/// The least number of characters of a name for which one slip leaves no doubt.
const MIN_SLIPPED: usize = 4;

/// The most bytes of an ending that may be missing.
const MAX_ENDING: usize = 3;

/// The longest name that is compared with others, in bytes: nobody mistypes a longer one by a
/// letter, and comparing two texts takes time in proportion to the product of their lengths.
const MAX_COMPARED: usize = 500;

/// The number of mistakes of one kind for which names are suggested. Each one costs a look at every
/// name, so beyond that the suggestions for the first ones have to do.
pub const SUGGESTED: usize = 200;

/// Returns the names nearest to `written`, best first; empty if none is near. Names are compared as
/// in links, and ignoring accents and English plurals. One mistake in four characters (a letter
/// missing, added, changed, or swapped with its neighbour) still counts as near. If no name is
/// near, returns those that begin with what was written.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    Suggestions::new(names).near(written)
}

/// Returns whether `written` is `name` but for one slip: a letter missing, added, changed or swapped
/// with its neighbour, or only capitals, accents or spaces.
pub fn is_slip(written: &str, name: &str) -> bool {
    let keys = [written, name].map(|text| without_accents(&fold(text)));
    let is_long = keys.iter().all(|key| key.chars().count() >= MIN_SLIPPED);
    let distance = || osa::distance(keys[0].chars(), keys[1].chars());
    keys[0] == keys[1] || is_long && distance() <= 1
}

/// Names to suggest, prepared for comparison with several mistyped ones.
pub struct Suggestions<'a> {
    names: Vec<SuggestedName<'a>>,
}

struct SuggestedName<'a> {
    written: &'a str,
    key: NameKey,
    /// The key with every word in the singular, if it differs.
    singular: Option<NameKey>,
}

/// A name in the form in which names are compared here.
struct NameKey {
    text: String,
    /// The number of characters.
    length: usize,
    signs: CharacterSet,
}

/// The set of the characters of a text, as one bit each; some characters share a bit. A mistake
/// changes at most two bits, so texts that differ in many more are not near, and need no closer
/// comparison.
#[derive(Clone, Copy)]
struct CharacterSet(u64);

impl<'a> Suggestions<'a> {
    /// Prepares `names`.
    pub fn new(names: impl IntoIterator<Item = &'a str>) -> Self {
        let name = |written: &'a str| {
            let key = NameKey::new(without_accents(&fold(written)));
            let singular = singular(&key.text);
            let singular = (singular != key.text).then(|| NameKey::new(singular));
            SuggestedName { written, key, singular }
        };
        Self { names: names.into_iter().map(name).collect() }
    }

    /// Returns the names nearest to `written`, as [`nearest`] does.
    pub fn near(&self, written: &str) -> Vec<&'a str> {
        self.near_where(written, |_| true)
    }

    /// Returns the same, among the names for whose index `is_meant` is true.
    pub fn near_where(&self, written: &str, is_meant: impl Fn(usize) -> bool) -> Vec<&'a str> {
        let wanted = without_accents(&fold(written));
        if wanted.len() > MAX_COMPARED {
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
                // A name that differs only in number is nearer than one with any mistake.
                let as_written = plain.distance(&name.key).map(|distance| distance * 2);
                let in_number = name.singular.as_ref().unwrap_or(&name.key);
                let in_number = singular_near.distance(in_number).map(|d| d * 2 + 1);
                let distance = [as_written, in_number].into_iter().flatten().min()?;
                // A name in which nothing matches is no suggestion.
                let is_left = distance < 2 * plain.length.max(name.key.length);
                is_left.then_some((distance, name.written))
            })
            .collect();
        near.sort_unstable();
        near.dedup_by_key(|near| near.1);
        if near.is_empty() && plain.length >= MIN_BEGINNING {
            let begins = |name: &&SuggestedName<'_>| {
                let rest = name.key.text.strip_prefix(&wanted);
                rest.is_some_and(|rest| rest.starts_with(' ') || rest.len() <= MAX_ENDING)
            };
            return names().filter(begins).map(|name| name.written).take(MAX_OFFERED).collect();
        }
        let best = near.first().map_or(0, |near| near.0);
        let good = near.into_iter().filter(|near| near.0 <= best + 2);
        good.map(|near| near.1).take(MAX_OFFERED).collect()
    }
}

/// The comparison with one mistyped name.
struct NearName<'w> {
    wanted: &'w str,
    signs: CharacterSet,
    /// The number of characters of the mistyped name.
    length: usize,
    /// The most mistakes that still count as near.
    allowed: usize,
    /// The comparator, which is made when the first similar name is found.
    comparator: OnceCell<osa::BatchComparator<char>>,
}

impl<'w> NearName<'w> {
    fn new(wanted: &'w str) -> Self {
        let length = wanted.chars().count();
        let (signs, allowed) = (CharacterSet::of(wanted), (length / 4).clamp(1, 4));
        Self { wanted, signs, length, allowed, comparator: OnceCell::new() }
    }

    /// Returns the number of mistakes between the two names, if they are near.
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

/// Returns a name with every word in the singular, by the rules of English.
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
