//! The pages that were made last, as many as fit.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;

/// How much is kept, in bytes.
const ROOM: usize = 32 * 1024 * 1024;

/// Pages by their path, each with the fingerprint of what it was made from.
#[derive(Default)]
pub(super) struct PageCache {
    pages: BTreeMap<OutputPath, (Fingerprint, Arc<[u8]>)>,
    /// Their paths, the one that has been there longest first.
    order: VecDeque<OutputPath>,
    size: usize,
}

impl PageCache {
    /// The page as it was made last, from what has this fingerprint.
    pub(super) fn get(&self, path: &OutputPath) -> Option<(Fingerprint, Arc<[u8]>)> {
        self.pages.get(path).cloned()
    }

    /// Keeps a page. Those that have been there longest make room for it.
    pub(super) fn put(&mut self, path: &OutputPath, fingerprint: Fingerprint, page: Arc<[u8]>) {
        self.size += page.len();
        match self.pages.insert(path.clone(), (fingerprint, page)) {
            Some((_, before)) => self.size -= before.len(),
            None => self.order.push_back(path.clone()),
        }
        while self.size > ROOM && self.order.len() > 1 {
            let Some(oldest) = self.order.pop_front() else { break };
            if let Some((_, page)) = self.pages.remove(&oldest) {
                self.size -= page.len();
            }
        }
    }
}
