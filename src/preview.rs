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

/// The page on which a note is edited: an empty frame, which its scripts fill.
pub const EDITOR_PAGE: &str = include_str!("preview/edit.html");

/// The page on which changed notes are proposed, which its script fills.
pub const SUGGEST_PAGE: &str = include_str!("preview/suggest.html");

/// The files of these pages: names, media types and contents.
pub const EDITOR_FILES: [(&str, &str, &str); 7] = [
    ("edit.css", "text/css; charset=utf-8", include_str!("preview/edit.css")),
    ("edit.js", "text/javascript; charset=utf-8", include_str!("preview/edit.js")),
    ("edit-inputs.js", "text/javascript; charset=utf-8", include_str!("preview/edit-inputs.js")),
    ("edit-sources.js", "text/javascript; charset=utf-8", include_str!("preview/edit-sources.js")),
    ("edit-tools.js", "text/javascript; charset=utf-8", include_str!("preview/edit-tools.js")),
    ("suggest.js", "text/javascript; charset=utf-8", include_str!("preview/suggest.js")),
    ("edit-text.js", "text/javascript; charset=utf-8", include_str!("preview/edit-text.js")),
];

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

/// The note on a page that can be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedNote {
    /// The file; none if the note has none.
    pub path: Option<String>,
    /// The folder below that of the notes in which a new note would lie.
    pub folder: String,
}

/// Returns the line that is added to a page. `note` is shown only to the writer, for example that
/// the note is a draft. `edited` is the note on the page, if it can be edited.
pub fn script(known: &PageState, note: &str, edited: Option<&EditedNote>) -> String {
    let known = escaped(&known.query());
    let note = escaped(note);
    let edit = edited.map_or_else(String::new, |edited| {
        let path = edited.path.as_deref().map(|path| format!(" data-edit=\"{}\"", escaped(path)));
        format!("{} data-folder=\"{}\"", path.unwrap_or_default(), escaped(&edited.folder))
    });
    format!(
        "<script src=\"{OWN_PREFIX}preview.js\" data-known=\"{known}\" data-note=\"{note}\"{edit} defer></script>\n"
    )
}

fn escaped(text: &str) -> String {
    let mut html = String::new();
    let _ = pulldown_cmark_escape::escape_html(&mut html, text);
    html
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
