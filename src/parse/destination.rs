//! Destinations of links: elsewhere, in the book, or nowhere that is allowed.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::note::LinkTarget;
use crate::scheme::{is_web_address, scheme};

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

/// The address of a link that is to lead out of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutsideAddress {
    /// It does.
    Allowed,
    /// Its scheme is not allowed.
    Refused {
        /// The scheme.
        scheme: String,
    },
    /// It leads to a page or file of the site.
    Inside,
}

impl OutsideAddress {
    /// Reads an address that stands outside of any text.
    pub fn of(written: &str) -> Self {
        match of_address(written) {
            LinkDestination::Elsewhere => Self::Allowed,
            LinkDestination::Refused { scheme } => Self::Refused { scheme },
            LinkDestination::Book(_) => Self::Inside,
        }
    }
}

/// Reads the destination of a wiki link: a name may hold a colon.
pub(crate) fn of_wiki_link(written: &str) -> LinkDestination {
    // In a table cell the bar is written `\|`, which leaves the backslash.
    let written = written.strip_suffix('\\').unwrap_or(written);
    if is_web_address(written) {
        LinkDestination::Elsewhere
    } else {
        LinkDestination::Book(LinkTarget::plain(written))
    }
}

/// A page has no queries, so what a link says after `?` can mean nothing.
fn without_query(written: &str) -> Cow<'_, str> {
    let (path, part) = written.split_at(written.find('#').unwrap_or(written.len()));
    match path.split_once('?') {
        Some((path, _)) => Cow::Owned(format!("{path}{part}")),
        None => Cow::Borrowed(written),
    }
}
