//! The site that was published last.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::preview::{PageState, Problems, ResolvedAddress, find};
use crate::source::Sources;
use crate::view::base_path;
use crate::workspace::{Plan, Snapshot};

/// The site that is served at one moment.
pub(super) struct PublishedSite {
    /// The site of the book as it is, or as it was before it had errors.
    pub(super) snapshot: Snapshot,
    /// The files of the book as it is, if notes can be edited.
    pub(super) sources: Option<Arc<Sources>>,
    /// The problems of the book as it is.
    pub(super) problems: Problems,
    /// The fingerprint of all style sheets.
    pub(super) styles: Fingerprint,
    /// The new addresses of pages that moved.
    pub(super) moved: Arc<BTreeMap<OutputPath, OutputPath>>,
    /// The plan that was served before, if only style sheets changed since.
    pub(super) restyles: Option<Arc<Plan>>,
    base: String,
}

impl PublishedSite {
    pub(super) fn new(
        snapshot: Snapshot,
        sources: Option<Arc<Sources>>,
        problems: Problems,
        moved: Arc<BTreeMap<OutputPath, OutputPath>>,
        restyles: Option<Arc<Plan>>,
    ) -> Self {
        let sheets =
            snapshot.plan.outputs.iter().filter(|(path, _)| path.as_str().ends_with(".css"));
        let sheets: Vec<_> = sheets.map(|(path, output)| (path, output.fingerprint)).collect();
        let styles = Fingerprint::of(&sheets);
        let base = base_path(&snapshot.site);
        Self { snapshot, sources, problems, styles, moved, restyles, base }
    }

    /// Returns the output at a requested path.
    pub(super) fn find(&self, path: &str) -> ResolvedAddress<'_> {
        find(&self.snapshot.plan, &self.base, path)
    }

    /// Returns the state that a page at this path should be in.
    pub(super) fn state_at(&self, path: &str) -> PageState {
        self.state_of(match self.find(path) {
            ResolvedAddress::File(file, output) => Some(self.snapshot.fingerprint(file, output)),
            ResolvedAddress::Folder | ResolvedAddress::Nothing => None,
        })
    }

    /// Returns the state that a page with this fingerprint should be in.
    pub(super) fn state_of(&self, page: Option<Fingerprint>) -> PageState {
        PageState { page, styles: self.styles, problems: self.problems.fingerprint }
    }

    /// Returns whether a page at this path in the state `before` only needs new style sheets. The
    /// address of a style sheet contains its fingerprint, so for the engine a page with a new style
    /// sheet is a different page.
    pub(super) fn is_restyled(&self, path: &str, before: &PageState) -> bool {
        let plan = self.restyles.as_ref().filter(|_| before.page.is_some());
        plan.is_some_and(|plan| page(plan, &self.base, path) == before.page)
    }

    /// Returns the new address of the page at this path, if it moved.
    pub(super) fn moved_from(&self, path: &str) -> Option<&OutputPath> {
        let path = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        let to = self.moved.get(&OutputPath::new(path))?;
        self.snapshot.plan.outputs.contains_key(to).then_some(to)
    }
}

/// Returns the fingerprint of the page at `path`, if there is one and it is known.
fn page(plan: &Plan, base: &str, path: &str) -> Option<Fingerprint> {
    match find(plan, base, path) {
        ResolvedAddress::File(_, output) => output.fingerprint,
        ResolvedAddress::Folder | ResolvedAddress::Nothing => None,
    }
}
