//! Which file of the site an address means. Addresses are looked up, never joined to a folder, so
//! there is nothing outside the site that one could reach.

use percent_encoding::percent_decode_str;

use crate::nearest::nearest;
use crate::path::OutputPath;
use crate::workspace::{Plan, PlannedOutput};

/// How many pages are offered where there is none.
const OFFERED: usize = 5;

/// What an address leads to.
#[derive(Debug)]
pub enum ResolvedAddress<'p> {
    /// This file.
    File(&'p OutputPath, &'p PlannedOutput),
    /// A folder named without the slash at its end, without which links on its page go wrong.
    Folder,
    /// Nothing.
    Nothing,
}

/// The path that a request asks for, decoded, without the slash it begins with and without a
/// query. `None` where it is no path of a site: one that is not UTF-8 (RFC 3986 leaves that open;
/// every address we make is), has control characters or backslashes, an empty part, `.` or `..`,
/// however they are written.
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

/// What lies at `path`. The site stands at the top of the server; `base`, the path of the address
/// that it will be published at, may be there too, as the links of its page for lost addresses
/// have it.
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

/// The pages whose addresses are near to `path`, best first: those of the same name in other
/// folders or with another ending, then those whose address is nearly this, then nearly this name.
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
    found.truncate(OFFERED);
    found
}

fn stem(path: &str) -> &str {
    let path = path.strip_suffix(".html").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
    path.strip_suffix("/index").unwrap_or(path)
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
