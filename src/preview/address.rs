//! The file of the site that an address means. Addresses are looked up, never joined to a folder,
//! so nothing outside the site can be reached.

use percent_encoding::percent_decode_str;

use crate::nearest::nearest;
use crate::path::OutputPath;
use crate::workspace::{Plan, PlannedOutput};

/// The most pages that are offered instead of a missing one.
const MAX_OFFERED: usize = 5;

/// The target of an address.
#[derive(Debug)]
pub enum ResolvedAddress<'p> {
    /// A file.
    File(&'p OutputPath, &'p PlannedOutput),
    /// A folder whose address lacks the trailing slash, without which the links on its page would
    /// be wrong.
    Folder,
    /// Nothing.
    Nothing,
}

/// Returns the path that a request asks for, decoded, without the leading slash and the query.
/// Returns `None` if it can't be a path of the site: if it isn't UTF-8 (RFC 3986 leaves that open;
/// every address we make is), or has control characters or backslashes, an empty part, `.` or `..`,
/// in any encoding.
pub fn path_of(target: &str) -> Option<String> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let bad = |part: &str| matches!(part, "" | "." | "..");
    let parts = path.strip_suffix('/').unwrap_or(&path);
    if path.chars().any(|c| c.is_control() || c == '\\')
        || (!path.is_empty() && parts.split('/').any(bad))
    {
        return None;
    }
    Some(path.into_owned())
}

/// Returns the output at `path`. The site is at the top of the server; `base`, the path of the
/// address at which it will be published, may precede `path`, as in the links of the site's 404
/// page.
pub fn find<'p>(plan: &'p Plan, base: &str, path: &str) -> ResolvedAddress<'p> {
    match at(plan, path) {
        ResolvedAddress::Nothing => match path.strip_prefix(base.trim_start_matches('/')) {
            Some(rest) if rest.len() < path.len() => at(plan, rest),
            _ => ResolvedAddress::Nothing,
        },
        found => found,
    }
}

fn at<'p>(plan: &'p Plan, path: &str) -> ResolvedAddress<'p> {
    let file = |path: String| plan.outputs.get_key_value(&OutputPath::new(path));
    if path.is_empty() || path.ends_with('/') {
        let index = file(format!("{path}index.html"));
        return index.map_or(ResolvedAddress::Nothing, |(path, output)| {
            ResolvedAddress::File(path, output)
        });
    }
    match file(path.to_owned()) {
        Some((path, output)) => ResolvedAddress::File(path, output),
        None if file(format!("{path}/index.html")).is_some() => ResolvedAddress::Folder,
        None => ResolvedAddress::Nothing,
    }
}

/// Returns the pages whose addresses are similar to `path`, best first: pages with the same name in
/// other folders or with another ending, then those with a similar address, then those with a
/// similar name.
pub fn near<'p>(plan: &'p Plan, path: &str) -> Vec<&'p OutputPath> {
    let all: Vec<_> = plan.outputs.keys().filter(|page| page.is_page()).collect();
    let pages = || all.iter().copied();
    let wanted = stem(path.trim_end_matches('/'));
    let named = |name: &str| -> Vec<&'p OutputPath> {
        pages().filter(|page| last(stem(page.as_str())) == name).collect()
    };
    let mut found = named(last(wanted));
    for near in nearest(wanted, pages().map(|page| stem(page.as_str()))) {
        found.extend(pages().filter(|page| stem(page.as_str()) == near));
    }
    for near in nearest(last(wanted), pages().map(|page| last(stem(page.as_str())))) {
        found.extend(named(near));
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|page| seen.insert(*page));
    found.truncate(MAX_OFFERED);
    found
}

fn stem(path: &str) -> &str {
    let path = path.strip_suffix(".html").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
    path.strip_suffix("/index").unwrap_or(path)
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
