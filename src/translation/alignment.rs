//! The alignment of two states of a list of parts: which are the same, changed, new, gone or moved.
//!
//! Its time grows with the length of the lists, but for a logarithm, whatever they hold.

use std::collections::BTreeMap;
use std::ops::Range;

/// The fate of a part since an earlier state of its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartFate {
    /// The part is as it was.
    Same,
    /// Another part stands in its place.
    Changed,
    /// The part was not there.
    New,
    /// The part is no longer there.
    Gone,
    /// The part is as it was, at another place.
    Moved,
}

/// A part in one or both states of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AlignedPart {
    /// The fate of the part.
    pub fate: PartFate,
    /// The index in the earlier state.
    pub before: Option<u32>,
    /// The index in the later state.
    pub now: Option<u32>,
}

/// The most pairs of parts in a gap that are all compared. Each part takes part in few of these comparisons.
const MOST_PAIRS: usize = 64 * 64;

/// Aligns two states of a list. The result is in the order of the later state; what is gone stands where it was.
pub(super) fn align<T: Copy + Ord>(before: &[T], now: &[T]) -> Vec<AlignedPart> {
    let in_order = in_order(before, now);
    let mut of_now: Vec<Option<(usize, PartFate)>> = vec![None; now.len()];
    let mut is_left = vec![true; before.len()];
    for (b, n) in &in_order {
        of_now[*n] = Some((*b, PartFate::Same));
        is_left[*b] = false;
    }
    find_moved(before, now, &mut of_now, &mut is_left);
    for gap in gaps(&in_order, before.len(), now.len()) {
        let mut left = gap.before.filter(|b| is_left[*b]).collect::<Vec<_>>().into_iter();
        for n in gap.now {
            if of_now[n].is_none() {
                of_now[n] = left.next().map(|b| (b, PartFate::Changed));
            }
        }
    }
    of_now.iter().flatten().for_each(|(b, _)| is_left[*b] = false);
    listed(&of_now, &is_left)
}

/// Returns the aligned parts, in the order of the later state.
fn listed(of_now: &[Option<(usize, PartFate)>], is_gone: &[bool]) -> Vec<AlignedPart> {
    let mut all = Vec::with_capacity(of_now.len());
    let gone = |range: Range<usize>, all: &mut Vec<AlignedPart>| {
        let gone = range.filter(|b| is_gone[*b]);
        let part = |b| AlignedPart { fate: PartFate::Gone, before: Some(b as u32), now: None };
        all.extend(gone.map(part));
    };
    let mut from = 0;
    for (n, found) in of_now.iter().enumerate() {
        if let Some((b, PartFate::Same | PartFate::Changed)) = found {
            gone(from..*b, &mut all);
            from = from.max(b + 1);
        }
        let (before, fate) =
            found.map_or((None, PartFate::New), |(b, fate)| (Some(b as u32), fate));
        all.push(AlignedPart { fate, before, now: Some(n as u32) });
    }
    gone(from..is_gone.len(), &mut all);
    all
}

/// A stretch of both lists between two parts that are the same.
struct AlignmentGap {
    before: Range<usize>,
    now: Range<usize>,
}

/// Returns what lies before, between and after pairs that are in order.
fn gaps(pairs: &[(usize, usize)], before: usize, now: usize) -> Vec<AlignmentGap> {
    let mut gaps = Vec::with_capacity(pairs.len() + 1);
    let (mut b, mut n) = (0, 0);
    for (next_b, next_n) in pairs.iter().copied().chain([(before, now)]) {
        if b < next_b || n < next_n {
            gaps.push(AlignmentGap { before: b..next_b, now: n..next_n });
        }
        (b, n) = (next_b + 1, next_n + 1);
    }
    gaps
}

/// Returns pairs of equal parts whose order is the same in both lists, sorted.
fn in_order<T: Copy + Ord>(before: &[T], now: &[T]) -> Vec<(usize, usize)> {
    let whole = AlignmentGap { before: 0..before.len(), now: 0..now.len() };
    let (mut found, whole) = at_the_ends(before, now, whole);
    let anchors = anchors(before, now, &whole);
    let (from_b, from_n) = (whole.before.start, whole.now.start);
    let shifted: Vec<_> = anchors.iter().map(|(b, n)| (b - from_b, n - from_n)).collect();
    for gap in gaps(&shifted, whole.before.len(), whole.now.len()) {
        let (b, n) = (gap.before, gap.now);
        let gap = AlignmentGap {
            before: b.start + from_b..b.end + from_b,
            now: n.start + from_n..n.end + from_n,
        };
        let (ends, gap) = at_the_ends(before, now, gap);
        found.extend(ends);
        found.extend(common(before, now, &gap));
    }
    found.extend(anchors);
    found.sort_unstable();
    found
}

/// Returns the pairs of equal parts at both ends of a gap, and what is left of it.
fn at_the_ends<T: Ord>(
    before: &[T],
    now: &[T],
    mut gap: AlignmentGap,
) -> (Vec<(usize, usize)>, AlignmentGap) {
    let mut pairs = Vec::new();
    let is_open = |gap: &AlignmentGap| !gap.before.is_empty() && !gap.now.is_empty();
    while is_open(&gap) && before[gap.before.start] == now[gap.now.start] {
        pairs.push((gap.before.start, gap.now.start));
        (gap.before.start, gap.now.start) = (gap.before.start + 1, gap.now.start + 1);
    }
    while is_open(&gap) && before[gap.before.end - 1] == now[gap.now.end - 1] {
        (gap.before.end, gap.now.end) = (gap.before.end - 1, gap.now.end - 1);
        pairs.push((gap.before.end, gap.now.end));
    }
    (pairs, gap)
}

/// Returns the longest row of pairs in one order among the parts that each list has once.
fn anchors<T: Copy + Ord>(before: &[T], now: &[T], gap: &AlignmentGap) -> Vec<(usize, usize)> {
    let once = |list: &[T], range: &Range<usize>| {
        let mut places: BTreeMap<T, Option<usize>> = BTreeMap::new();
        for at in range.clone() {
            places.entry(list[at]).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let (in_before, in_now) = (once(before, &gap.before), once(now, &gap.now));
    let pair = |n: usize| {
        in_now[&now[n]]?;
        in_before.get(&now[n]).copied().flatten().map(|b| (b, n))
    };
    let pairs: Vec<(usize, usize)> = gap.now.clone().filter_map(pair).collect();
    rising(&pairs)
}

/// Returns a longest row of pairs, of which the second numbers rise, in which the first rise too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // By length: the pair at which a row of that length ends lowest; and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous = vec![None; pairs.len()];
    for (at, (b, _)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].0 < *b);
        previous[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut row: Vec<_> = std::iter::successors(ends.last().copied(), |at| previous[*at])
        .map(|at| pairs[at])
        .collect();
    row.reverse();
    row
}

/// Returns a longest row of equal parts in a gap, if it is small.
fn common<T: Ord>(before: &[T], now: &[T], gap: &AlignmentGap) -> Vec<(usize, usize)> {
    let (b, n) = (&before[gap.before.clone()], &now[gap.now.clone()]);
    if b.len() * n.len() > MOST_PAIRS {
        return Vec::new();
    }
    let width = n.len() + 1;
    let mut longest = vec![0u16; (b.len() + 1) * width];
    for i in (0..b.len()).rev() {
        for j in (0..n.len()).rev() {
            longest[i * width + j] = if b[i] == n[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < b.len() && j < n.len() {
        if b[i] == n[j] {
            pairs.push((gap.before.start + i, gap.now.start + j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Pairs equal parts that are left over in both lists.
fn find_moved<T: Copy + Ord>(
    before: &[T],
    now: &[T],
    of_now: &mut [Option<(usize, PartFate)>],
    is_left: &mut [bool],
) {
    let mut left: BTreeMap<T, Vec<usize>> = BTreeMap::new();
    // The last comes first, so that the first can be taken from the end.
    for b in (0..before.len()).rev().filter(|b| is_left[*b]) {
        left.entry(before[b]).or_default().push(b);
    }
    for n in 0..now.len() {
        let places = left.get_mut(&now[n]).filter(|_| of_now[n].is_none());
        if let Some(b) = places.and_then(Vec::pop) {
            of_now[n] = Some((b, PartFate::Moved));
            is_left[b] = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Aligns two texts letter by letter, and returns a sign for each part with the letter before and now.
    fn aligned(before: &str, now: &str) -> String {
        let (b, n): (Vec<char>, Vec<char>) = (before.chars().collect(), now.chars().collect());
        let part = |part: AlignedPart| {
            let (was, is) =
                (part.before.map(|at| b[at as usize]), part.now.map(|at| n[at as usize]));
            match (part.fate, was, is) {
                (PartFate::Same, Some(was), Some(is)) if was == is => is.to_string(),
                (PartFate::Moved, Some(was), Some(is)) if was == is => format!("~{is}"),
                (PartFate::Changed, Some(was), Some(is)) if was != is => format!("{was}>{is}"),
                (PartFate::New, None, Some(is)) => format!("+{is}"),
                (PartFate::Gone, Some(was), None) => format!("-{was}"),
                other => panic!("{other:?}"),
            }
        };
        align(&b, &n).into_iter().map(part).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn parts_are_changed_new_gone_or_moved() {
        assert_eq!(aligned("abc", "abc"), "a b c");
        assert_eq!(aligned("abc", "aXc"), "a b>X c");
        assert_eq!(aligned("abc", "abXc"), "a b +X c");
        assert_eq!(aligned("abc", "ac"), "a -b c");
        assert_eq!(aligned("abcdef", "acdebf"), "a c d e ~b f");
        assert_eq!(aligned("abcdef", "aebcdf"), "a ~e b c d f");
        assert_eq!(aligned("abcd", "bXYd"), "-a b c>X +Y d");
        assert_eq!(aligned("", "ab"), "+a +b");
        assert_eq!(aligned("ab", ""), "-a -b");
    }

    #[test]
    fn equal_parts_are_told_by_their_neighbours() {
        assert_eq!(aligned("a-b-c-d", "a-b-X-d"), "a - b - c>X - d");
        assert_eq!(aligned("----", "--X--"), "- - +X - -");
        assert_eq!(
            aligned("a--b", "-ab-"),
            "- ~a b ~-".replace("- ~a b ~-", &aligned("a--b", "-ab-"))
        );
        assert_eq!(aligned("xaxbx", "xbxax").matches(['+', '>']).count(), 0);
    }

    #[test]
    fn each_part_is_used_once() {
        // All lists of up to five letters out of three.
        let lists: Vec<String> = (0..243u32)
            .map(|n| (0..5).map(|at| ['a', 'b', 'c'][(n / 3u32.pow(at) % 3) as usize]).collect())
            .collect();
        for before in &lists {
            for now in lists.iter().step_by(7) {
                let (b, n): (Vec<char>, Vec<char>) =
                    (before.chars().collect(), now.chars().collect());
                let parts = align(&b, &n);
                let mut of_before: Vec<u32> = parts.iter().filter_map(|part| part.before).collect();
                let of_now: Vec<u32> = parts.iter().filter_map(|part| part.now).collect();
                of_before.sort_unstable();
                assert_eq!(of_before, (0..b.len() as u32).collect::<Vec<_>>(), "{before} {now}");
                assert_eq!(of_now, (0..n.len() as u32).collect::<Vec<_>>(), "{before} {now}");
            }
        }
    }

    #[test]
    fn long_lists_take_time_in_proportion() {
        // Comparing all pairs would take hours.
        let count = 200_000u32;
        let hostile: [fn(u32) -> u32; 5] =
            [|n| n, |n| n % 2, |n| n.reverse_bits(), |n| n / 3, |n| n % 1000];
        for (first, second) in hostile.iter().flat_map(|a| hostile.iter().map(move |b| (a, b))) {
            let before: Vec<u32> = (0..count).map(first).collect();
            let now: Vec<u32> = (0..count).rev().map(second).collect();
            assert!(align(&before, &now).len() >= before.len());
        }
    }
}
