//! Files that a task made for the page that asked for it: a comparison to look at, a proposal to download. They stand at
//! addresses with a number, for those who have the key.

use std::collections::VecDeque;
use std::sync::Arc;

/// The most files that are kept.
const MAX_FILES: usize = 8;

/// The files that were made last.
#[derive(Default)]
pub(super) struct Handouts {
    /// The number of files so far.
    count: u64,
    files: VecDeque<(u64, Handout)>,
}

/// A file that was made.
#[derive(Clone)]
pub(super) enum Handout {
    /// A comparison as a page.
    Comparison(Arc<[u8]>),
    /// A proposal.
    Bundle(Arc<[u8]>),
}

impl Handouts {
    /// Keeps a file, and returns its number.
    pub(super) fn keep(&mut self, file: Handout) -> u64 {
        self.count += 1;
        self.files.push_back((self.count, file));
        if self.files.len() > MAX_FILES {
            self.files.pop_front();
        }
        self.count
    }

    /// Returns the file with this number, if it is still kept.
    pub(super) fn get(&self, number: u64) -> Option<Handout> {
        self.files.iter().find(|file| file.0 == number).map(|file| file.1.clone())
    }
}
