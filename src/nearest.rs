//! "Did you mean": which of some names are near the one that was written.

use rapidfuzz::distance::osa;

use crate::slug::{fold, without_accents};

/// How many names are offered at most.
const OFFERED: usize = 3;

/// How many characters a name must have for its beginning to stand for it.
const BEGINNING: usize = 6;

/// How long an ending may be that was left off.
const ENDING: usize = 3;

/// The names nearest to `written`, best first; none where nothing is near. Names are compared as
/// links compare them, and without regard to accents and to whether a word is singular or plural.
/// One slip in four characters (a letter missing, added, changed, or swapped with its neighbour)
/// still counts as near. Where no name is, those count that begin with what was written.
pub fn nearest<'a>(
    written: &str,
    names: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
) -> Vec<&'a str> {
    let names = names.into_iter();
    let wanted = key(written);
    let length = wanted.chars().count();
    let plain = Near::new(&wanted, length);
    let one = singular(&wanted);
    let singular_near = Near::new(&one, length);
    let mut near: Vec<(usize, &str)> = names
        .clone()
        .filter_map(|name| {
            let folded = key(name);
            if folded.len().abs_diff(wanted.len()) > plain.allowed * 4 + 4 {
                return None;
            }
            // A name that differs only in number is nearer than any slip.
            let as_written = plain.distance(&folded).map(|distance| distance * 2);
            let in_number = singular_near.distance(&singular(&folded)).map(|d| d * 2 + 1);
            let distance = [as_written, in_number].into_iter().flatten().min()?;
            // A name of which nothing is left is no suggestion.
            (distance < 2 * length.max(folded.chars().count())).then_some((distance, name))
        })
        .collect();
    near.sort_unstable();
    near.dedup_by_key(|near| near.1);
    if near.is_empty() && length >= BEGINNING {
        let begins = |name: &&str| {
            let rest = key(name).strip_prefix(&wanted).map(str::to_owned);
            rest.is_some_and(|rest| rest.starts_with(' ') || rest.len() <= ENDING)
        };
        return names.filter(begins).take(OFFERED).collect();
    }
    let best = near.first().map_or(0, |near| near.0);
    near.into_iter().filter(|near| near.0 <= best + 2).map(|near| near.1).take(OFFERED).collect()
}

/// What is near one name.
struct Near {
    comparator: osa::BatchComparator<char>,
    args: osa::Args<usize, rapidfuzz::common::WithScoreCutoff<usize>>,
    allowed: usize,
}

impl Near {
    fn new(wanted: &str, length: usize) -> Self {
        let allowed = (length / 4).clamp(1, 4);
        let args = osa::Args::default().score_cutoff(allowed);
        Self { comparator: osa::BatchComparator::new(wanted.chars()), args, allowed }
    }

    fn distance(&self, name: &str) -> Option<usize> {
        self.comparator.distance_with_args(name.chars(), &self.args)
    }
}

/// A name as names are compared here.
fn key(name: &str) -> String {
    without_accents(&fold(name))
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
