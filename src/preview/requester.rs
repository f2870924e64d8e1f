//! The origin of requests to the preview. Any site that is open in the writer's browser can send
//! requests to this machine, and the replies must tell it nothing: no text, no picture, and not
//! whether a file exists.
//!
//! Browsers declare where a request comes from, in headers that no script can set (Fetch Metadata
//! Request Headers, W3C). Old browsers, and all browsers if the address isn't of this machine,
//! declare it only by `Referer`, which a page elsewhere can leave out but not forge.

/// The sender of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requester {
    /// A page of the preview, or a person who typed the address. May have everything.
    Own,
    /// A person who follows a link of another site. The browser shows the reply in a window that
    /// the other site can't read. May have pages.
    Visitor,
    /// A program that doesn't declare itself, such as curl, or an old browser. May have everything
    /// but scripts, which a page elsewhere could read by running them.
    Unknown,
    /// Another site, for itself. May have nothing.
    Stranger,
}

/// Returns the sender of a request to `host`. `values` returns the values of the headers with a
/// name, given in lower case; `is_get` is whether the method is that of links.
pub fn requester<'r>(host: &str, values: impl Fn(&str) -> Vec<&'r str>, is_get: bool) -> Requester {
    let (origins, referers) = (values("origin"), values("referer"));
    let is_from_here = |address: &&str| authority(address).eq_ignore_ascii_case(host);
    // A worker that a page leaves behind would answer for every book that is previewed here later.
    let is_worker = !values("service-worker").is_empty();
    if is_worker || !origins.iter().all(is_from_here) {
        return Requester::Stranger;
    }
    let shows_it =
        || values("sec-fetch-mode") == ["navigate"] && values("sec-fetch-dest") == ["document"];
    match values("sec-fetch-site")[..] {
        ["same-origin" | "none"] => Requester::Own,
        ["same-site" | "cross-site"] if is_get && shows_it() => Requester::Visitor,
        [] if !referers.iter().all(is_from_here) => Requester::Visitor,
        [] if referers.is_empty() && origins.is_empty() => Requester::Unknown,
        [] => Requester::Own,
        _ => Requester::Stranger,
    }
}

/// Returns host and port of an `http://` address in the form of the `Host` header; empty for other
/// addresses.
fn authority(address: &str) -> &str {
    let rest = address.strip_prefix("http://").unwrap_or_default();
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}
