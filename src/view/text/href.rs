//! The targets of links, as HTML writes them.

use std::borrow::Cow;
use std::fmt::Write;

use crate::path::{OutputPath, url_path};

/// The target of a link.
pub(super) struct ResolvedHref<'a> {
    /// The page or file.
    pub(super) output: &'a OutputPath,
    /// The part of it; `None`: the whole.
    pub(super) anchor: Option<Cow<'a, str>>,
    /// The link stays on its page, so that the anchor alone will do.
    pub(super) here: bool,
}

impl ResolvedHref<'_> {
    /// Writes an attribute with the address. `root` leads from the page to the top of the site.
    pub(super) fn write(&self, attribute: &str, root: &str, html: &mut String) {
        html.push_str(attribute);
        self.write_address(root, html);
        html.push('"');
    }

    /// Writes the address alone.
    pub(super) fn write_address(&self, root: &str, html: &mut String) {
        if !self.here {
            html.push_str(root);
            push_address(self.output.as_str(), html);
        }
        if let Some(anchor) = &self.anchor {
            html.push('#');
            push_address(anchor, html);
        }
    }
}

/// Writes a part of an address into an attribute. Of the characters that HTML wants escaped there, it
/// can hold only `&`.
fn push_address(part: &str, html: &mut String) {
    if part.contains('&') {
        html.push_str(&url_path(part).to_string().replace('&', "&amp;"))
    } else {
        let _ = write!(html, "{}", url_path(part));
    }
}
