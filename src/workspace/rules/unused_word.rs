//! The rule `unused-word`.
//!
//! ```book.toml
//! title = "Book"
//! ```
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//! ```
//!
//! ```themes/default/i18n/en.toml
//! contens = "In this note"
//! greeting = "Good day"
//! ```
//!
//! ```themes/default/templates/cite.html
//! <p>{{ page.site.words["greeting"] }}</p>
//! ```
//!
//! ```diagnostics
//! themes/default/i18n/en.toml:1:1-1:8: warning[unused-word]: nothing shows the word "contens"
//!   help: did you mean "contents"?
//! ```
//!
//! ```themes/default/i18n/en.toml
//! contents = "In this note"
//! greeting = "Good day"
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::nearest::nearest;
use crate::render::layers;
use crate::source::{Source, Sources};
use crate::words::{OPTIONAL, WordFile};

/// A file of words has one that nothing shows.
pub const RULE: Rule = Rule {
    name: "unused-word",
    summary: "A file of the interface's words has one that nothing shows.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A key in `i18n/LANGUAGE.toml` that is no word of the interface, and that no template or script of the book names.

## Why it matters

Most often the key is misspelt, and readers see the word that it was meant to replace.

## What to do

Correct the key, or delete the line. `fieldbook theme eject en.toml` writes a file with all keys.
",
};

/// Reports the words in `files` that are not `known`, and that no template or script of the
/// book names.
pub(crate) fn check(
    sources: &Sources,
    theme: &str,
    files: &[WordFile],
    known: BTreeSet<&str>,
    out: &mut Vec<Diagnostic>,
) {
    let folders = layers(theme).into_iter().flat_map(|theme| {
        ["templates", "scripts"].map(|folder| format!("themes/{theme}/{folder}"))
    });
    let folders: Vec<String> = folders.collect();
    let named_in: Vec<&str> =
        folders.iter().flat_map(|folder| sources.below(folder)).filter_map(Source::text).collect();
    for file in files {
        for word in &file.words {
            let key = word.key.as_str();
            let is_known = known.contains(key) || OPTIONAL.contains(&key);
            if is_known || named_in.iter().any(|text| text.contains(key)) {
                continue;
            }
            let message = format!("nothing shows the word \"{key}\"");
            let found = Diagnostic::warning(&file.path, word.span, &RULE, message);
            out.push(found.did_you_mean(&nearest(key, known.iter().copied())));
        }
    }
}
