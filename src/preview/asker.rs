//! Who asks for a file of the preview. Any site that is open in the writer's browser can send requests
//! to this machine, and what comes back must tell it nothing: no text, no picture, and not whether a
//! file is there.
//!
//! Browsers say where a request comes from, in headers that no script can set (Fetch Metadata Request
//! Headers, W3C). Those that are old, and all where the address is not of this machine, say so only by
//! `Referer`, which a page elsewhere can leave out but not forge.

/// Who asks for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requester {
    /// A page of the preview, or a person who typed the address: gets everything.
    Own,
    /// A person who follows a link of another site. The browser shows what comes in a window where the
    /// other site can't look: gets pages.
    Visitor,
    /// A program that does not say, such as curl, or an old browser: gets all but scripts, which are
    /// the one thing that a page elsewhere could read, by running them.
    Unknown,
    /// Another site, for itself: gets nothing.
    Stranger,
}

/// Who sent a request to `host`, whose headers called NAME, in lower case, have these values;
/// `is_get` tells whether it asks for a file as links do.
pub fn asker<'r>(host: &str, values: impl Fn(&str) -> Vec<&'r str>, is_get: bool) -> Requester {
    let (origins, referers) = (values("origin"), values("referer"));
    let is_from_here = |address: &&str| authority(address).eq_ignore_ascii_case(host);
    // A worker that a page leaves behind would answer for every book that is shown here later.
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

/// The host and port of an address of the web without encryption, as `Host` has them; nothing of others.
fn authority(address: &str) -> &str {
    let rest = address.strip_prefix("http://").unwrap_or_default();
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}
