//! Moves of notes, folders and pictures: each link leads where it led, and nothing else changes.
#![allow(clippy::disallowed_methods, reason = "tests read and write files and start programs")]

mod command;
mod forms;
mod killed;
mod names;
mod round_trip;
#[path = "../support/mod.rs"]
mod support;

use fieldbook::change::{MovedPaths, Relocation, RelocationError, relocate};
use fieldbook::source::{SourceEdit, Sources};
use fieldbook::workspace::Workspace;

/// A book in memory whose files are moved.
pub(crate) struct MovedBook {
    pub(crate) workspace: Workspace,
}

impl MovedBook {
    pub(crate) fn new(sources: Sources) -> Self {
        let mut workspace = Workspace::new(support::options());
        let _ = workspace.open(sources.into_files().map(SourceEdit::Put).collect());
        Self { workspace }
    }

    /// Moves a file or folder, and puts the book back as it was if that is refused.
    pub(crate) fn relocate(
        &mut self,
        old: &str,
        new: &str,
        keeps_addresses: bool,
    ) -> Result<Relocation, RelocationError> {
        let before = self.workspace.sources().clone();
        let site = self.workspace.site().expect("a site");
        let moved = MovedPaths::find(&site.config, &before, old, new);
        let moved = moved.unwrap_or_else(|error| panic!("{old} to {new}: {error:?}"));
        let config = support::options().config;
        let moved = relocate(&mut self.workspace, &moved, &config, keeps_addresses);
        if moved.is_err() {
            let edits = self.workspace.sources().edits_to(&before);
            let _ = self.workspace.open(edits);
        }
        moved
    }

    /// Returns the text of a file.
    pub(crate) fn text(&self, path: &str) -> &str {
        let mut all = self.workspace.sources().iter();
        let source = all.find(|source| source.path.as_str() == path);
        source.and_then(|source| source.text()).unwrap_or_else(|| panic!("no {path}"))
    }
}
