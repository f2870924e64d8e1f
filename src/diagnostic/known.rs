//! Problems that are known, to tell those that are new.

use std::collections::BTreeMap;

/// The known problems, each with the number of times that it is there. A key is what of a problem stays when its place moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownCounts<K: Ord>(BTreeMap<K, usize>);

impl<K: Ord> KnownCounts<K> {
    /// Counts the problems with these keys.
    pub fn of(keys: impl IntoIterator<Item = K>) -> Self {
        let mut counts: BTreeMap<K, usize> = BTreeMap::new();
        keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
        Self(counts)
    }

    /// Takes one problem with this key out; returns whether there was one.
    pub fn take(&mut self, key: &K) -> bool {
        match self.0.get_mut(key) {
            Some(times @ 1..) => {
                *times -= 1;
                true
            }
            _ => false,
        }
    }

    /// Returns the number of problems that were not taken out.
    pub fn left(&self) -> usize {
        self.0.values().sum()
    }
}

impl<K: Ord> Default for KnownCounts<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}
