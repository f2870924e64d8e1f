//! Addresses of outputs, and of what belongs to them.

use std::borrow::Cow;

use crate::note::NoteId;
use crate::path::{OutputPath, url_path};
use crate::site::Site;

/// The absolute address of an output; `None` if nobody knows where the site will be published.
pub(crate) fn absolute(site: &Site, path: &OutputPath) -> Option<String> {
    let base = site.config.base_url.as_deref()?;
    Some(format!("{base}{}", url_path(path.address())))
}

/// The path of the base address: `/linking/` of `https://example.org/linking/`.
pub fn base_path(site: &Site) -> String {
    let url = site.config.base_url.as_deref().unwrap_or("");
    let after_scheme = url.split_once("://").map_or("", |(_, rest)| rest);
    after_scheme.find('/').map_or("/", |slash| &after_scheme[slash..]).to_owned()
}

/// The path of a page without its ending; that of an index is its folder.
pub(crate) fn stem(output: &OutputPath) -> &str {
    let path = output.as_str();
    path.strip_suffix("/index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path)
}

/// The beginning of the paths of what belongs to the note at `id`: its page without its ending. That
/// of `x/index.html` is its folder, unless `x.html` is another note, to which that folder belongs.
pub(crate) fn stem_of(site: &Site, id: NoteId) -> Cow<'_, str> {
    let stem = stem(&site.note(id).facts.place.output);
    if site.graph.beside.contains(&id) {
        Cow::Owned(format!("{stem}/index"))
    } else {
        Cow::Borrowed(stem)
    }
}
