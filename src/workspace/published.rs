//! The pages of notes that were published.

use std::collections::BTreeMap;

use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;

/// The addresses at which pages of notes were published, each with the fingerprint of the note's title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishedPages {
    /// The titles by the addresses.
    pub titles: BTreeMap<OutputPath, Fingerprint>,
}

/// The site as an earlier run wrote it, as far as that is known.
#[derive(Clone, Debug, Default)]
pub struct EarlierSite {
    /// The outputs that are in place, each with its fingerprint.
    pub outputs: BTreeMap<OutputPath, Fingerprint>,
    /// The pages of notes, and those that went missing before.
    pub pages: PublishedPages,
}
