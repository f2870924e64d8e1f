//! The site in one state, and the bytes of each output, which are made on request.

use std::borrow::Cow;
use std::sync::Arc;

use super::plan::{Plan, PlannedOutput, Recipe, fingerprint, print_of};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::render::Theme;
use crate::search::{self, SearchIndex};
use crate::site::Site;
use crate::source::FileContent;

/// The site in one state, immutable and shared: later edits don't change it. Both a build and the
/// preview make their files from it, so that both make the same bytes.
#[derive(Clone)]
pub struct Snapshot {
    /// The book.
    pub site: Arc<Site>,
    /// Every output that should exist.
    pub plan: Arc<Plan>,
    pub(super) index: Arc<SearchIndex>,
    pub(super) theme: Arc<Theme>,
}

/// The bytes of a file; none if it has them already.
type NewBytes<'o> = Option<Cow<'o, [u8]>>;

impl Snapshot {
    /// Returns the fingerprint of the templates.
    pub fn look(&self) -> Fingerprint {
        self.theme.fingerprint
    }

    /// Returns the fingerprint of the inputs of the file at `path`, which the plan has as `output`.
    pub fn fingerprint(&self, path: &OutputPath, output: &PlannedOutput) -> Fingerprint {
        output.fingerprint.unwrap_or_else(|| self.fingerprint_of(path, &output.made))
    }

    fn fingerprint_of(&self, path: &OutputPath, made: &Recipe) -> Fingerprint {
        match made {
            Recipe::Rendered(output) => fingerprint(&self.site, &self.theme, path, output),
            Recipe::Copied(source) => source.fingerprint(),
            Recipe::Packed(path, made, packing) => {
                packing.fingerprint(self.fingerprint_of(path, made))
            }
            Recipe::Script(_) => unreachable!("a script is planned with its fingerprint"),
        }
    }

    /// Returns the bytes of the file at `path`, which the plan has as `output`. Only an error in
    /// the template can make it fail.
    pub fn make<'o>(
        &self,
        path: &OutputPath,
        output: &'o PlannedOutput,
    ) -> Result<Cow<'o, [u8]>, Diagnostic> {
        self.bytes(path, &output.made)
    }

    /// Does the same unless the file was made with the fingerprint `before`; returns the fingerprint as well. What
    /// the output shows is put together once for both.
    pub(super) fn make_unless<'o>(
        &self,
        before: Option<&Fingerprint>,
        path: &OutputPath,
        output: &'o PlannedOutput,
    ) -> Result<(Fingerprint, NewBytes<'o>), Diagnostic> {
        let is_same = |print: &Fingerprint| before == Some(print);
        if let (None, Recipe::Rendered(shown)) = (output.fingerprint, &output.made) {
            let view = shown.view(&self.site, path);
            let print = print_of(&self.theme, &view);
            let made = (!is_same(&print)).then(|| self.theme.render(&view).map(Cow::Owned));
            return Ok((print, made.transpose()?));
        }
        let print = self.fingerprint(path, output);
        let made = (!is_same(&print)).then(|| self.make(path, output));
        Ok((print, made.transpose()?))
    }

    /// Returns the page at `path` twice, as `Theme::render_both_ways` does; `None` if it has no template.
    pub fn make_both_ways(
        &self,
        path: &OutputPath,
        output: &PlannedOutput,
    ) -> Option<[Option<Vec<u8>>; 2]> {
        let Recipe::Rendered(output) = &output.made else { return None };
        self.theme.render_both_ways(&output.view(&self.site, path))
    }

    fn bytes<'o>(&self, path: &OutputPath, made: &'o Recipe) -> Result<Cow<'o, [u8]>, Diagnostic> {
        match made {
            Recipe::Rendered(output) => {
                self.theme.render(&output.view(&self.site, path)).map(Cow::Owned)
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
