//! Lists that are mostly empty.

use std::ops::Deref;

/// A list that is mostly empty, and then takes no more room than a pointer: diagnostics are returned as errors, which should be
/// small.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RareList<T>(Option<Box<RareItems<T>>>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct RareItems<T> {
    items: Box<[T]>,
}

impl<T> Default for RareList<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> FromIterator<T> for RareList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let items: Box<[T]> = items.into_iter().collect();
        Self((!items.is_empty()).then(|| Box::new(RareItems { items })))
    }
}

impl<T> Deref for RareList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0.as_ref().map_or(&[], |list| &list.items)
    }
}
