//! One build of a book, from its sources to its files.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::lost_address;
use super::{BookErrors, EarlierSite, ExistingOutputs, PublishedPages, Workspace};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::path::{OutputPath, SourcePath};
use crate::source::{SourceEdit, Sources};

/// The options of a build, beside the book itself.
#[derive(Clone, Debug, Hash)]
pub struct BuildOptions {
    /// The day for which the site is made.
    pub today: Date,
    /// True if drafts are shown.
    pub drafts: bool,
    /// True if texts are also written packed, for servers.
    pub precompress: bool,
    /// The base address; `None`: that of the book.
    pub base_url: Option<String>,
    /// The configuration file.
    pub config: SourcePath,
    /// The names of the folders below `themes/`, as far as they are known.
    pub themes: BTreeSet<String>,
}

/// The result of a build.
pub struct BuildResult {
    /// Success, or the sign that the book has errors and that the files handed over are to be thrown away.
    pub result: Result<(), BookErrors>,
    /// The problems of the book.
    pub diagnostics: Vec<Diagnostic>,
    /// The number of notes that were read from files.
    pub notes: usize,
    /// Every output that should exist, with its fingerprint.
    pub plan: BTreeMap<OutputPath, Fingerprint>,
    /// The pages of notes, for the next build.
    pub pages: PublishedPages,
    /// Files of the book that are not for readers yet, each with the reason.
    pub withheld: Vec<(SourcePath, &'static str)>,
}

impl Workspace {
    /// Builds a book once, from `sources`. Whatever only a further edit would need is dropped, which saves
    /// the memory that the texts of the notes take.
    pub fn build(
        options: BuildOptions,
        sources: Sources,
        earlier: EarlierSite,
        write: &(dyn Fn(&OutputPath, &[u8]) + Sync),
    ) -> BuildResult {
        Self { forgets: true, ..Self::after(options, earlier) }.run(sources, write)
    }

    /// Does the same without writing anything, and keeps the texts, which fixes need.
    pub fn check(options: BuildOptions, sources: Sources, pages: PublishedPages) -> BuildResult {
        let earlier = EarlierSite { pages, ..EarlierSite::default() };
        Self::after(options, earlier).run(sources, &|_, _| {})
    }

    /// An empty book of which an earlier run wrote a site.
    fn after(options: BuildOptions, earlier: EarlierSite) -> Self {
        let EarlierSite { outputs, pages: published } = earlier;
        let written = ExistingOutputs::Earlier(outputs);
        Self { written, published, ..Self::new(options) }
    }

    fn run(mut self, sources: Sources, write: &(dyn Fn(&OutputPath, &[u8]) + Sync)) -> BuildResult {
        let edits = sources.into_files().map(SourceEdit::Put).collect();
        let result = self.apply_into(edits, write).map(drop);
        let is_there = |path: &OutputPath| self.plan.outputs.contains_key(path);
        let pages = self.site.as_deref();
        let pages = pages.map(|site| lost_address::published(site, &self.published, is_there));
        let pages = pages.unwrap_or_default();
        let built = BuildResult {
            result,
            diagnostics: std::mem::take(&mut self.diagnostics),
            notes: self.notes.len(),
            plan: self.plan.fingerprints(),
            pages,
            withheld: self.withheld(),
        };
        // The program is about to end, and the system takes all memory back at once.
        std::mem::forget(self);
        built
    }
}
