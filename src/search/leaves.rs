//! A sorted list of entries cut into shards by the beginnings of their keys.
//!
//! Where a shard ends follows from the entries around, so an edit moves no boundary but, seldom,
//! one nearby.

use std::collections::BTreeSet;
use std::ops::{Bound, Range};

use rayon::prelude::*;

use crate::fingerprint::Fingerprint;

/// A shard: the entries in a range, which are those from `start` up to the start of the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) start: String,
    pub(super) range: Range<usize>,
    /// The fingerprint of its entries, once it is sealed.
    pub(super) print: Fingerprint,
}

/// The shards before some entries were touched, and the keys of those.
pub(super) type Before<'b> = (&'b [Leaf], &'b BTreeSet<&'static str>);

/// Takes the fingerprint of each shard by `print`, or from before, if the shard begins and ends where
/// it did and nothing in it was touched.
pub(super) fn seal(
    leaves: &mut [Leaf],
    before: Option<Before<'_>>,
    print: impl Fn(&Leaf) -> Fingerprint + Sync,
) {
    let starts: Vec<String> = leaves.iter().skip(1).map(|leaf| leaf.start.clone()).collect();
    leaves.par_iter_mut().enumerate().for_each(|(at, leaf)| {
        let end = starts.get(at).map(String::as_str);
        let known = before.and_then(|(leaves, touched)| {
            let at = leaves.binary_search_by(|other| other.start.cmp(&leaf.start)).ok()?;
            let same_end = leaves.get(at + 1).map(|next| &*next.start) == end;
            let range =
                (Bound::Included(&*leaf.start), end.map_or(Bound::Unbounded, Bound::Excluded));
            let same = same_end && touched.range::<str, _>(range).next().is_none();
            same.then(|| leaves[at].print)
        });
        leaf.print = known.unwrap_or_else(|| print(leaf));
    });
}

/// Cuts entries, each a key and a size, in the order of their keys, into shards of up to `limit`. A
/// shard of a single entry may be larger.
pub(super) fn leaves(entries: &[(&str, usize)], limit: usize) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let mut sums = Vec::with_capacity(entries.len() + 1);
    sums.push(0);
    for (at, (_, size)) in entries.iter().enumerate() {
        sums.push(sums[at] + size);
    }
    cut(Entries { entries, sums: &sums, limit }, 0..entries.len(), 0, &mut leaves);
    // The first shard is also asked for what stands before its first entry.
    if let Some(first) = leaves.first_mut() {
        first.start = String::new();
    }
    leaves
}

/// What is cut.
#[derive(Clone, Copy)]
struct Entries<'e> {
    entries: &'e [(&'e str, usize)],
    /// The sizes of all entries before each.
    sums: &'e [usize],
    limit: usize,
}

/// Cuts the entries in `range`, whose keys have their first `depth` bytes in common.
fn cut(all: Entries<'_>, range: Range<usize>, depth: usize, leaves: &mut Vec<Leaf>) {
    let Entries { entries, sums, limit } = all;
    let size = |range: &Range<usize>| sums[range.end] - sums[range.start];
    let mut run = range.start..range.start;
    let mut at = range.start;
    while at < range.end {
        let group = at..at + same(&entries[at..range.end], depth);
        at = group.end;
        let fits = size(&run) + size(&group) <= limit;
        if !fits {
            close(entries, std::mem::replace(&mut run, group.start..group.start), depth, leaves);
        }
        match size(&group) > limit && group.len() > 1 {
            true => {
                let deeper = depth + sign_at(entries[group.start].0, depth).len();
                cut(all, group.clone(), deeper, leaves);
                run = group.end..group.end;
            }
            false => run.end = group.end,
        }
    }
    close(entries, run, depth, leaves);
}

fn close(entries: &[(&str, usize)], run: Range<usize>, depth: usize, leaves: &mut Vec<Leaf>) {
    let Some((key, _)) = entries[run.clone()].first() else { return };
    let end = depth + sign_at(key, depth).len();
    leaves.push(Leaf { start: key[..end].to_owned(), range: run, print: Fingerprint::default() });
}

/// The sign of `key` at `depth`; empty where the key ends.
fn sign_at(key: &str, depth: usize) -> &str {
    let sign = key[depth..].chars().next().map_or(0, char::len_utf8);
    &key[depth..depth + sign]
}

/// How many entries at the beginning have the same sign at `depth`.
fn same(entries: &[(&str, usize)], depth: usize) -> usize {
    let sign = sign_at(entries[0].0, depth);
    entries.partition_point(|(key, _)| sign_at(key, depth) <= sign)
}
