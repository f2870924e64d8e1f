//! Templates of a theme that nothing uses: their names are misspelt, or those of an earlier version.

use crate::render::rules::bad_template;
use std::collections::{BTreeMap, BTreeSet};

use super::{builtin_files, depth};
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use crate::source::Source;
use crate::span::Span;

/// Reports the templates among `foreign` that no page has, and no other template names.
pub(super) fn check(
    templates: &BTreeMap<String, Source>,
    foreign: &[(&String, &Source)],
    out: &mut Vec<Diagnostic>,
) {
    if foreign.is_empty() {
        return;
    }
    let files = builtin_files();
    let own = files.iter().filter_map(|file| file.path.below("themes/default/templates"));
    let own: BTreeSet<&str> = own.collect();
    let texts = || templates.values().filter_map(Source::text);
    let named: BTreeSet<&str> = texts().flat_map(depth::used).collect();
    for (name, source) in foreign {
        let is_used = own.contains(name.as_str()) || named.contains(name.as_str());
        // Components have names of their own.
        if is_used || source.text().is_none_or(|text| text.contains("endcomponent")) {
            continue;
        }
        let near = nearest(name, own.iter().copied());
        let message = "nothing uses this template, by its name";
        let found =
            Diagnostic::warning(&source.path, Span::default(), &bad_template::RULE, message);
        out.push(
            found
                .did_you_mean(&near)
                .help("fieldbook theme eject lists the names of all templates"),
        );
    }
}
