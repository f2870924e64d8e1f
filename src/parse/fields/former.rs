//! Former addresses: from what is written, as somebody copies it from a browser, to the page that answers
//! there.

use percent_encoding::percent_decode_str;

use crate::bidi::tidied;
use crate::diagnostic::FixSafety;
use crate::path::OutputPath;

/// Endings under which servers send a file as a page.
const PAGES: &[&str] = &["html", "htm", "shtml"];

/// Endings of pages that a program on the server used to make. A file of that name is offered to be saved
/// by most servers, or run.
const PROGRAMS: &[&str] = &[
    "ashx", "asp", "aspx", "cfm", "cgi", "do", "jsf", "jsp", "jspx", "nsf", "php", "php3", "php4",
    "php5", "phtml", "pl", "py", "xhtml",
];

/// Endings of files that are no pages, so that no page can stand in their place.
const FILES: &[&str] = &[
    "avif", "bib", "css", "csv", "doc", "docx", "epub", "gif", "gz", "ico", "jpeg", "jpg", "js",
    "json", "mp3", "mp4", "odp", "ods", "odt", "pdf", "png", "ppt", "pptx", "ris", "rss", "rtf",
    "svg", "txt", "webp", "xls", "xlsx", "xml", "zip",
];

/// An address at which no page can stand: the message about it, and the help.
pub(crate) struct UnfitAlias {
    pub(crate) why: String,
    pub(crate) help: String,
    /// The address to write in its place, and whether that is certain.
    pub(crate) meant: Option<(String, FixSafety)>,
}

/// The page at a former address.
pub(crate) fn former(address: &str) -> Result<OutputPath, UnfitAlias> {
    if let Some((_, rest)) = address.split_once("://") {
        let path = rest.find('/').map_or("/", |slash| &rest[slash..]);
        let help = format!("write its path alone: {path}");
        let meant = Some((path.to_owned(), FixSafety::NeedsReview));
        return Err(UnfitAlias { why: format!("\"{address}\" names a site, too"), help, meant });
    }
    if let Some(at) = address.find(['?', '#']) {
        let (path, rest) = address.split_at(at);
        let why = if rest.starts_with('#') {
            format!(
                "\"{rest}\" never reaches a server, so no page can stand at the address \"{address}\""
            )
        } else {
            format!(
                "a server of files heeds nothing from \"?\" on, so no page can stand at the address \"{address}\""
            )
        };
        let help = if rest.starts_with('#') {
            format!(
                "write {path}: who asks for a part of the page is led to the part of that name here"
            )
        } else {
            format!("write {path} if that was the whole page")
        };
        let meant = Some((path.to_owned(), FixSafety::when(rest.starts_with('#'))));
        let meant = meant.filter(|(path, _)| !path.is_empty());
        return Err(UnfitAlias { why, help, meant });
    }
    let help = || "a former address is a path such as /lessons/old-name.html".to_owned();
    let Ok(path) = percent_decode_str(address).decode_utf8() else {
        let why = format!("\"{address}\" can't be read: what stands behind % is not in UTF-8");
        return Err(UnfitAlias {
            why,
            help: "write the letters themselves".to_owned(),
            meant: None,
        });
    };
    let path = path.as_ref();
    let ending = path.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_ascii_lowercase());
    let is_one_of = |endings: &[&str]| endings.contains(&ending.as_str());
    if is_one_of(PROGRAMS) || is_one_of(FILES) {
        let why = format!(
            "no page can stand at \"{address}\": servers do not show a .{ending} as a page"
        );
        let help = if is_one_of(PROGRAMS) {
            "have the server itself lead from there to this page"
        } else {
            "put the file there again, or have the server itself lead from there to this page"
        };
        return Err(UnfitAlias { why, help: help.to_owned(), meant: None });
    }
    if tidied(path).text != path {
        let why = format!("\"{address}\" holds marks that nobody sees");
        return Err(UnfitAlias { why, help: "take them out".to_owned(), meant: None });
    }
    let inner = path.trim_matches('/');
    let page = match path.ends_with('/') {
        true if inner.is_empty() => "index.html".to_owned(),
        true => format!("{inner}/index.html"),
        false if is_one_of(PAGES) => inner.to_owned(),
        false => format!("{}.html", inner.strip_suffix(".md").unwrap_or(inner)),
    };
    let outside = || UnfitAlias {
        why: format!("\"{address}\" is not an address inside the site"),
        help: help(),
        meant: None,
    };
    OutputPath::checked(&page).ok_or_else(outside)
}
