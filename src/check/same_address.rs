#![doc = include_str!("../manual/same-address.md")]

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::path::{OutputPath, SourcePath};
use crate::site::Site;
use crate::span::Span;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let claims = claims(site);
    let mut first: BTreeMap<String, (&SourcePath, Span)> = BTreeMap::new();
    for (output, source, span) in &claims {
        let holder = first.entry(output.as_str().to_lowercase()).or_insert((*source, *span));
        if *holder != (*source, *span) {
            let message = format!("{} has the address {output} already", holder.0);
            out.push(Diagnostic::error(source, *span, Code::SameAddress, message));
        }
    }
    for (output, source, span) in &claims {
        let address = output.as_str().to_lowercase();
        let folders = address.match_indices('/').map(|(at, _)| &address[..at]);
        for (folder, holder) in folders.filter_map(|folder| Some((folder, first.get(folder)?))) {
            let message = format!(
                "{} is the file {folder}, so there can be no folder of that name",
                holder.0
            );
            out.push(Diagnostic::error(source, *span, Code::SameAddress, message));
        }
    }
}

/// Every address of the site that a file of the book asks for: notes first, then their former
/// addresses, then files.
fn claims(site: &Site) -> Vec<(&OutputPath, &SourcePath, Span)> {
    let notes = || site.notes().map(|(_, note)| note);
    let pages = notes().map(|note| (&note.facts.place.output, &note.source, Span::default()));
    let redirects = notes().flat_map(|note| {
        let redirects = note.facts.redirects.iter().zip(&note.spans.redirects);
        redirects.map(|(redirect, span)| (redirect, &note.source, *span))
    });
    let files = site.files.iter().map(|(output, source)| (output, source, Span::default()));
    pages.chain(redirects).chain(files).collect()
}
