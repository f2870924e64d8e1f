//! Pictures and fonts that the style sheets of a theme load, and which must exist.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use super::ASSETS;
use crate::check::rules::missing_asset;
use crate::diagnostic::Diagnostic;
use crate::files::join;
use crate::nearest::{SUGGESTED, Suggestions};
use crate::path::SourcePath;
use crate::source::{FileContent, Source, Sources};
use crate::span::Span;

/// Reports files that the style sheets among `files` load, but that are neither in the theme nor in
/// the book.
pub(super) fn check(
    sources: &Sources,
    files: &BTreeMap<String, Source>,
    out: &mut Vec<Diagnostic>,
) {
    let names = LazyCell::new(|| Suggestions::new(files.keys().map(String::as_str)));
    let beside_notes = LazyCell::new(|| {
        sources.iter().filter_map(|source| source.path.in_notes()).collect::<BTreeSet<&str>>()
    });
    let mut missing = 0;
    let sheets = files.iter().filter(|(name, _)| name.ends_with(".css"));
    for (name, source) in sheets {
        let FileContent::Bytes(bytes) = &source.content else { continue };
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        for (at, address) in addresses(text) {
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let wanted = address.split(['?', '#']).next().unwrap_or_default();
            let found = join(folder, wanted).is_some_and(|wanted| {
                // The address of a file in the folder of assets contains its fingerprint.
                !wanted.starts_with(ASSETS) && files.contains_key(&wanted)
                    || sources.get(&SourcePath::new(format!("static/{wanted}"))).is_some()
                    || beside_notes.contains(wanted.as_str())
            });
            if !found {
                let span = Span::from(at..at + address.len());
                let message = format!("there is no file \"{address}\"");
                missing += 1;
                let near = if missing <= SUGGESTED { names.near(wanted) } else { Vec::new() };
                let error = Diagnostic::error(&source.path, span, &missing_asset::RULE, message);
                let error = error.did_you_mean(&near);
                out.push(error.help("a style sheet names files from the folder it lies in"));
            }
        }
    }
}

/// Returns the addresses within the site that a style sheet loads with `url(…)`, with their
/// offsets.
fn addresses(text: &str) -> Vec<(usize, &str)> {
    let starts = text.match_indices("url(").map(|(at, sign)| at + sign.len());
    let written = starts.filter_map(|start| {
        let inner = &text[start..start + text[start..].find(')')?];
        let address = inner.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        Some((start + inner.find(address)?, address))
    });
    let is_inside = |(_, address): &(usize, &str)| {
        let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
        !address.is_empty() && !address.starts_with(['#', '/']) && !scheme.contains(':')
    };
    written.filter(is_inside).collect()
}
