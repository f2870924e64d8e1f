//! One build of a book, from its sources to its files.

use std::collections::{BTreeMap, BTreeSet};

use super::{BookErrors, ExistingOutputs, Workspace};
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
    /// Files of the book that are not for readers yet, each with the reason.
    pub withheld: Vec<(SourcePath, &'static str)>,
}

impl Workspace {
    /// Builds a book once, from `sources`. Whatever only a further edit would need is dropped, which saves
    /// the memory that the texts of the notes take.
    pub fn build(
        options: BuildOptions,
        sources: Sources,
        written: BTreeMap<OutputPath, Fingerprint>,
        write: &(dyn Fn(&OutputPath, &[u8]) + Sync),
    ) -> BuildResult {
        let written = ExistingOutputs::Earlier(written);
        let mut workspace = Self { forgets: true, written, ..Self::new(options) };
        let edits = sources.into_files().map(SourceEdit::Put).collect();
        let result = workspace.apply_into(edits, write).map(drop);
        let built = BuildResult {
            result,
            diagnostics: std::mem::take(&mut workspace.diagnostics),
            notes: workspace.notes.len(),
            plan: workspace.plan.fingerprints(),
            withheld: workspace.withheld(),
        };
        // The program is about to end, and the system takes all memory back at once.
        std::mem::forget(workspace);
        built
    }
}
