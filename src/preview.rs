//! The parts of the preview that need no server: which page an address means, who may see it, how
//! problems are shown, the script in pages, and the place in a note that a passage comes from.
//!
//! Nothing here makes a page: the preview serves what a build would write, with one line more.

mod address;
mod origin;
mod problems;
mod range;
mod requester;

pub use address::{ResolvedAddress, find, near, path_of};
pub use origin::origin;
pub use problems::Problems;
pub use range::{ByteRange, part};
pub use requester::{Requester, requester};

use crate::fingerprint::Fingerprint;
use crate::path::url_path;
use crate::visible::shown;

/// The address prefix of the preview's own files; it hides a folder of that name in a site.
pub const OWN_PREFIX: &str = "/__fieldbook/";

/// The script that is added to pages.
pub const SCRIPT: &str = include_str!("preview/preview.js");

/// The state of the site that a page knows when it is loaded. The page is told when it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageState {
    /// The fingerprint of the page; `None` if there is no page.
    pub page: Option<Fingerprint>,
    /// The fingerprint of all style sheets.
    pub styles: Fingerprint,
    /// The fingerprint of the problems of the book.
    pub problems: Fingerprint,
}

impl PageState {
    /// Reads the state from a query such as `page=…&styles=…&problems=…`, with hexadecimal digits.
    pub fn read(query: &str) -> Self {
        let value = |key: &str| {
            let mut parts = query.split('&').filter_map(|part| part.split_once('='));
            Fingerprint::parse(parts.find(|part| part.0 == key)?.1)
        };
        let or_none = |key| value(key).unwrap_or_default();
        Self { page: value("page"), styles: or_none("styles"), problems: or_none("problems") }
    }

    fn query(&self) -> String {
        let page = self.page.map_or_else(String::new, |page| page.to_string());
        format!("page={page}&styles={}&problems={}", self.styles, self.problems)
    }
}

/// Returns the line that is added to a page. `note` is shown only to the writer, for example that
/// the note is a draft.
pub fn script(known: &PageState, note: &str) -> String {
    let mut escaped = String::new();
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, note);
    let known = known.query().replace('&', "&amp;");
    format!(
        "<script src=\"{OWN_PREFIX}preview.js\" data-known=\"{known}\" data-note=\"{escaped}\" defer></script>\n"
    )
}

/// Returns the page with a line added at the end of its body.
pub fn with_line(page: &[u8], line: &str) -> Vec<u8> {
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|window| window == end).unwrap_or(page.len());
    [&page[..at], line.as_bytes(), &page[at..]].concat()
}

/// Returns a position in a note in the form that editors accept: `content/lessons/x.md:14`. It may
/// be pasted into a terminal, so invisible characters are made visible.
pub fn place(path: &str, line: usize) -> String {
    format!("{}:{line}", shown(path))
}

/// Returns the address of a file of the site, from the top of the server.
pub fn address(path: &crate::path::OutputPath) -> String {
    format!("/{}", url_path(path.address()))
}
