//! # `same-address`
//! ## What it does
//! Finds two notes, files or former addresses that claim one address of the site. Addresses that
//! differ only in case are one address on many systems.
//! ## Why it matters
//! Only one of them can be there, and which one would be chance.
//! ## Fix
//! Rename one of the files, or take the address out of `aliases`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::path::{OutputPath, SourcePath};
use crate::site::Site;
use crate::span::Span;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let mut claims: BTreeMap<String, (&SourcePath, Span)> = BTreeMap::new();
    let mut claim = |output: &OutputPath, source, span| {
        let first = claims.entry(output.as_str().to_lowercase()).or_insert((source, span));
        if first.0 != source || first.1 != span {
            let message = format!("{} has the address {output} already", first.0);
            out.push(Diagnostic::error(source, span, Code::SameAddress, message));
        }
    };
    for (_, note) in site.notes() {
        claim(&note.facts.place.output, &note.source, Span::default());
    }
    for (_, note) in site.notes() {
        for (redirect, span) in note.facts.redirects.iter().zip(&note.spans.redirects) {
            claim(redirect, &note.source, *span);
        }
    }
    for (output, source) in site.files.iter() {
        claim(output, source, Span::default());
    }
}
