//! Where a link of a text leads, as HTML has it.

use std::borrow::Cow;
use std::fmt::Write;

use crate::path::{OutputPath, url_path};

/// Where a link leads.
pub(super) struct ResolvedHref<'a> {
    pub(super) output: &'a OutputPath,
    pub(super) anchor: Option<Cow<'a, str>>,
    /// The same page, so that the anchor alone will do.
    pub(super) here: bool,
}

impl ResolvedHref<'_> {
    /// Writes an attribute with the address, which begins with `root` for the top of the site.
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

/// Writes a part of an address into an attribute. Of the signs that HTML wants escaped there, it can
/// only have `&`.
fn push_address(part: &str, html: &mut String) {
    match part.contains('&') {
        true => html.push_str(&url_path(part).to_string().replace('&', "&amp;")),
        false => drop(write!(html, "{}", url_path(part))),
    }
}
