//! The pages that were made last, up to a total size.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;

/// The total size of the pages that are kept, in bytes.
const CAPACITY: usize = 32 * 1024 * 1024;

/// Pages by path, each with the fingerprint of its inputs.
#[derive(Default)]
pub(super) struct PageCache {
    pages: BTreeMap<OutputPath, (Fingerprint, Arc<[u8]>)>,
    /// The paths of the pages, the oldest first.
    order: VecDeque<OutputPath>,
    size: usize,
}

impl PageCache {
    /// Returns the page as it was last made, and the fingerprint of its inputs.
    pub(super) fn get(&self, path: &OutputPath) -> Option<(Fingerprint, Arc<[u8]>)> {
        self.pages.get(path).cloned()
    }

    /// Stores a page, and drops the oldest pages to make room for it.
    pub(super) fn put(&mut self, path: &OutputPath, fingerprint: Fingerprint, page: Arc<[u8]>) {
        self.size += page.len();
        match self.pages.insert(path.clone(), (fingerprint, page)) {
            Some((_, before)) => self.size -= before.len(),
            None => self.order.push_back(path.clone()),
        }
        while self.size > CAPACITY && self.order.len() > 1 {
            let Some(oldest) = self.order.pop_front() else { break };
            if let Some((_, page)) = self.pages.remove(&oldest) {
                self.size -= page.len();
            }
        }
    }
}
