//! The site at one moment: every output, each made when somebody asks for it.

use std::borrow::Cow;
use std::sync::Arc;

use super::plan::{Plan, PlannedOutput, Recipe, fingerprint};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::render::Theme;
use crate::search::{self, SearchIndex};
use crate::site::Site;
use crate::source::FileContent;
use crate::view::view;

/// The site at one moment, immutable and shared: edits that come later do not change it. A build
/// and the preview make their files by it, so that both make the same bytes.
#[derive(Clone)]
pub struct Snapshot {
    /// The book.
    pub site: Arc<Site>,
    /// Every output that should exist.
    pub plan: Arc<Plan>,
    pub(super) index: Arc<SearchIndex>,
    pub(super) theme: Arc<Theme>,
}

impl Snapshot {
    /// The fingerprint of all that the file at `path` is made from, which the plan has as `output`.
    pub fn fingerprint(&self, path: &OutputPath, output: &PlannedOutput) -> Fingerprint {
        output.fingerprint.unwrap_or_else(|| self.fingerprint_of(path, &output.made))
    }

    fn fingerprint_of(&self, path: &OutputPath, made: &Recipe) -> Fingerprint {
        match made {
            Recipe::Rendered(subject) => fingerprint(&self.site, &self.theme, path, subject),
            Recipe::Copied(source) => source.fingerprint(),
            Recipe::Packed(path, made, packing) => {
                packing.fingerprint(self.fingerprint_of(path, made))
            }
            Recipe::Script(_) => unreachable!("a script is planned with its fingerprint"),
        }
    }

    /// The bytes of the file at `path`, which the plan has as `output`. The one thing that can go
    /// wrong is the template.
    pub fn make<'o>(
        &self,
        path: &OutputPath,
        output: &'o PlannedOutput,
    ) -> Result<Cow<'o, [u8]>, Diagnostic> {
        self.bytes(path, &output.made)
    }

    fn bytes<'o>(&self, path: &OutputPath, made: &'o Recipe) -> Result<Cow<'o, [u8]>, Diagnostic> {
        match made {
            Recipe::Rendered(subject) => {
                self.theme.render(&view(&self.site, path, subject)).map(Cow::Owned)
            }
            Recipe::Copied(source) => Ok(Cow::Borrowed(match &source.content {
                FileContent::Bytes(bytes) => bytes,
                FileContent::Text(text) => text.as_bytes(),
                FileContent::Refused(_) => &[],
            })),
            Recipe::Script(part) => {
                Ok(Cow::Owned(search::script(&self.index, &self.plan.shards, &self.site, part)))
            }
            Recipe::Packed(path, made, packing) => {
                let bytes = self.bytes(path, made)?;
                Ok(Cow::Owned(packing.pack(&bytes)))
            }
        }
    }
}
