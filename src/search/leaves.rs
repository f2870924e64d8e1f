//! A sorted list of entries cut into shards by the beginnings of their keys.
//!
//! The end of a shard follows from the entries around it, so an edit moves no boundary but, seldom,
//! one nearby. Sizes are summed by beginnings, so that an edit looks at those of its words alone.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use rayon::prelude::*;

use crate::fingerprint::Fingerprint;

/// A shard: the entries from `start` up to the start of the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct IndexShard {
    pub(super) start: String,
    /// The start of the next, if there is one.
    pub(super) end: Option<String>,
    /// The fingerprint of its entries, once it is sealed.
    pub(super) print: Fingerprint,
}

impl IndexShard {
    /// Returns the keys of its entries.
    pub(super) fn range(&self) -> (Bound<&str>, Bound<&str>) {
        let end = self.end.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        (Bound::Included(&self.start), end)
    }
}

/// The shards before some entries were touched, and the keys of those.
pub(super) type ShardsBefore<'b> = (&'b [IndexShard], &'b BTreeSet<&'static str>);

/// Takes the fingerprint of each shard by `print`, or from before, if the shard begins and ends where
/// it did and nothing in it was touched.
pub(super) fn seal(
    leaves: &mut [IndexShard],
    before: Option<ShardsBefore<'_>>,
    print: impl Fn(&IndexShard) -> Fingerprint + Sync,
) {
    leaves.par_iter_mut().for_each(|leaf| {
        let known = before.and_then(|(leaves, touched)| {
            let at = leaves.binary_search_by(|other| other.start.cmp(&leaf.start)).ok()?;
            let same_end = leaves[at].end == leaf.end;
            let same = same_end && touched.range::<str, _>(leaf.range()).next().is_none();
            same.then(|| leaves[at].print)
        });
        leaf.print = known.unwrap_or_else(|| print(leaf));
    });
}

/// The sizes of entries by the beginnings of their keys, as far down as shards are cut.
#[derive(Clone, Debug, Default)]
pub(super) struct PrefixSizes {
    /// None before the entries were looked at.
    groups: Option<LeafGroups>,
}

/// Entries whose keys begin alike, by the sign that follows; none where a key ends.
type LeafGroups = BTreeMap<Option<char>, LeafGroup>;

/// The entries whose keys have one beginning.
#[derive(Clone, Debug, Default)]
struct LeafGroup {
    size: usize,
    count: usize,
    /// None where they were in one shard ever since.
    groups: Option<LeafGroups>,
}

impl LeafGroup {
    /// Says whether the entries are more than a shard of up to `limit` holds. A shard of a single entry
    /// may be larger.
    fn is_cut(&self, limit: usize) -> bool {
        self.size > limit && self.count > 1
    }
}

impl PrefixSizes {
    /// Records the size of an entry that changed, is new, or is gone.
    pub(super) fn change(&mut self, key: &str, before: Option<usize>, after: Option<usize>) {
        let mut groups = &mut self.groups;
        let mut signs = key.chars();
        while let Some(parts) = groups {
            let group = parts.entry(signs.next()).or_default();
            group.size = group.size + after.unwrap_or(0) - before.unwrap_or(0);
            group.count =
                group.count + usize::from(after.is_some()) - usize::from(before.is_some());
            groups = &mut group.groups;
        }
    }

    /// Sums what shards of up to `limit` are cut by; `entries` are those from a key on, in the order
    /// of their keys.
    pub(super) fn open<'e, I: Iterator<Item = (&'e str, usize)>>(
        &mut self,
        limit: usize,
        entries: impl Fn(&str) -> I,
    ) {
        open(&mut self.groups, &mut String::new(), limit, &entries);
    }

    /// Cuts the entries into shards of up to `limit`.
    pub(super) fn leaves(&self, limit: usize) -> Vec<IndexShard> {
        let mut starts = Vec::new();
        cut(self.groups.as_ref(), &mut String::new(), limit, &mut starts);
        // The first shard is also asked for what stands before its first entry.
        if let Some(first) = starts.first_mut() {
            first.clear();
        }
        let ends = starts.iter().skip(1).cloned().map(Some).chain([None]).collect::<Vec<_>>();
        let leaf = |(start, end)| IndexShard { start, end, print: Fingerprint::default() };
        starts.into_iter().zip(ends).map(leaf).collect()
    }
}

/// Sums the entries whose keys begin with `start`.
fn open<'e, I: Iterator<Item = (&'e str, usize)>>(
    groups: &mut Option<LeafGroups>,
    start: &mut String,
    limit: usize,
    entries: &impl Fn(&str) -> I,
) {
    let sum = || {
        let mut groups = LeafGroups::new();
        for (key, size) in entries(start) {
            let Some(rest) = key.strip_prefix(start.as_str()) else { break };
            let group = groups.entry(rest.chars().next()).or_default();
            group.size += size;
            group.count += 1;
        }
        groups
    };
    for (sign, group) in groups.get_or_insert_with(sum) {
        if group.is_cut(limit) {
            let end = start.len();
            start.extend(*sign);
            open(&mut group.groups, start, limit, entries);
            start.truncate(end);
        }
    }
}

/// Cuts the entries whose keys begin with `start`, and adds the start of each shard to `starts`.
fn cut(groups: Option<&LeafGroups>, start: &mut String, limit: usize, starts: &mut Vec<String>) {
    // The size of the last shard, if more may be added to it.
    let mut held = None;
    for (sign, group) in groups.into_iter().flatten().filter(|(_, group)| group.count > 0) {
        let end = start.len();
        start.extend(*sign);
        if group.is_cut(limit) {
            cut(group.groups.as_ref(), start, limit, starts);
            held = None;
        } else {
            let size = held.map(|held| held + group.size).filter(|size| *size <= limit);
            if size.is_none() {
                starts.push(start.clone());
            }
            held = Some(size.unwrap_or(group.size));
        }
        start.truncate(end);
    }
}

/// Returns the largest size of a script of words or stems, in bytes: 3 kB to 24 kB. Larger books have larger
/// ones, so that they don't have too many.
pub(super) fn limit(bits: u32) -> usize {
    (3 * 1024) << (bits.saturating_sub(8) / 2).min(3)
}
