//! Destinations of links: elsewhere, in the book, or nowhere that is allowed.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::note::LinkTarget;

/// Schemes a link may have. A link with any other could run a program in the reader's browser.
const ALLOWED: &[&str] = &["http", "https", "mailto", "tel"];

/// The destination of a link.
pub(crate) enum LinkDestination {
    /// Out of the site, to this address.
    Elsewhere,
    /// Into the book.
    Book(LinkTarget),
    /// Nowhere: its scheme is not allowed.
    Refused {
        /// The scheme.
        scheme: String,
    },
}

/// Reads the destination of a Markdown link, a raw `href` or a raw `src`.
pub(crate) fn of_address(written: &str) -> LinkDestination {
    match scheme(written) {
        Some(scheme) if ALLOWED.contains(&scheme.as_str()) => LinkDestination::Elsewhere,
        Some(scheme) => LinkDestination::Refused { scheme },
        None if written.starts_with("//") => LinkDestination::Elsewhere,
        None => LinkDestination::Book(LinkTarget::new(&without_query(written), |part| {
            percent_decode_str(part).decode_utf8_lossy()
        })),
    }
}

/// Reads the destination of a wiki link: a name may hold a colon.
pub(crate) fn of_wiki_link(written: &str) -> LinkDestination {
    // In a table cell the bar is written `\|`, which leaves the backslash.
    let written = written.strip_suffix('\\').unwrap_or(written);
    match is_web_address(written) {
        true => LinkDestination::Elsewhere,
        false => LinkDestination::Book(LinkTarget::plain(written)),
    }
}

/// Says whether `url` is the address of a page on the web.
pub(crate) fn is_web_address(url: &str) -> bool {
    let web = matches!(scheme(url).as_deref(), Some("http" | "https"));
    web && url.split_once("://").is_some_and(|(_, rest)| !rest.is_empty())
        && !url.contains(char::is_whitespace)
}

/// Returns the scheme of an address in lower case, as a browser would read it: it passes over white space
/// and control characters (WHATWG URL, section 4.4).
fn scheme(written: &str) -> Option<String> {
    let end = written.find([':', '/', '?', '#'])?;
    let scheme = written[..end].chars().filter(|c| !c.is_whitespace() && !c.is_control());
    written[end..].starts_with(':').then(|| scheme.collect::<String>().to_lowercase())
}

/// Takes off what stands after `?`: a page has no queries.
fn without_query(written: &str) -> Cow<'_, str> {
    let (path, part) = written.split_at(written.find('#').unwrap_or(written.len()));
    match path.split_once('?') {
        Some((path, _)) => Cow::Owned(format!("{path}{part}")),
        None => Cow::Borrowed(written),
    }
}
