//! What the preview adds to the site, without a server: which page an address means, who may see it,
//! what is shown of problems, the script that goes into pages, the place in a note that a passage comes from.
//!
//! Nothing here makes a page: the preview serves what a build would write, and one line more.

mod address;
mod asker;
mod origin;
mod problems;
mod range;

pub use address::{ResolvedAddress, find, near, path_of};
pub use asker::{Requester, asker};
pub use origin::origin;
pub use problems::Problems;
pub use range::{ByteRange, part};

use crate::fingerprint::Fingerprint;
use crate::path::url_path;
use crate::visible::shown;

/// Where everything lies that is the preview's own; it covers a folder of that name in a site.
pub const OWN: &str = "/__fieldbook/";

/// The script that goes into pages.
pub const SCRIPT: &str = include_str!("preview/preview.js");

/// What a page knows of the site when it is loaded. It is told when any of it is no longer true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageState {
    /// The fingerprint of the page; none where there is none.
    pub page: Option<Fingerprint>,
    /// The fingerprint of all style sheets.
    pub styles: Fingerprint,
    /// The fingerprint of what is wrong with the book.
    pub problems: Fingerprint,
}

impl PageState {
    /// What is said in a query, such as `page=…&styles=…&problems=…`, each in hexadecimal digits.
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

/// The line that is added to a page. `note` is said to the writer alone, such as that it is a draft.
pub fn script(known: &PageState, note: &str) -> String {
    let mut escaped = String::new();
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, note);
    let known = known.query().replace('&', "&amp;");
    format!(
        "<script src=\"{OWN}preview.js\" data-known=\"{known}\" data-note=\"{escaped}\" defer></script>\n"
    )
}

/// The page with a line added, at the end of its body.
pub fn with_line(page: &[u8], line: &str) -> Vec<u8> {
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|window| window == end).unwrap_or(page.len());
    [&page[..at], line.as_bytes(), &page[at..]].concat()
}

/// Returns a place in a note as editors take it: `content/lessons/x.md:14`. It may be pasted into a
/// terminal, so nothing is hidden in it.
pub fn place(path: &str, line: usize) -> String {
    format!("{}:{line}", shown(path))
}

/// The address of a file of the site, from the top of the server.
pub fn address(path: &crate::path::OutputPath) -> String {
    format!("/{}", url_path(path.address()))
}
