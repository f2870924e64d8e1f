//! The bytes of an output, made when they are to be written.

use std::borrow::Cow;

use super::plan::{Made, Plan};
use crate::diagnostic::Diagnostic;
use crate::path::OutputPath;
use crate::render::Theme;
use crate::search::{self, Index};
use crate::site::Site;
use crate::source::{Content, Sources};
use crate::view::view;

/// What the bytes of an output come from.
pub(super) struct Book<'w> {
    pub(super) sources: &'w Sources,
    pub(super) site: &'w Site,
    pub(super) theme: &'w Theme,
    pub(super) index: &'w Index,
    pub(super) plan: &'w Plan,
}

impl<'w> Book<'w> {
    /// The bytes of the output at `path`.
    pub(super) fn bytes(
        &self,
        path: &OutputPath,
        made: &Made,
    ) -> Result<Cow<'w, [u8]>, Diagnostic> {
        match made {
            Made::Rendered(subject) => {
                self.theme.render(&view(self.site, path, subject)).map(Cow::Owned)
            }
            Made::Copied(source) => {
                let source = self.sources.get(source).map(|source| &source.content);
                Ok(Cow::Borrowed(match source {
                    Some(Content::Bytes(bytes)) => bytes,
                    Some(Content::Text(text)) => text.as_bytes(),
                    Some(Content::Refused(_)) | None => &[],
                }))
            }
            Made::Script(part) => {
                Ok(Cow::Owned(search::script(self.index, &self.plan.shards, self.site, part)))
            }
            Made::Packed(path, made, packing) => {
                self.bytes(path, made).map(|bytes| Cow::Owned(packing.pack(&bytes)))
            }
        }
    }
}
