//! The rule `translation-differs`.
//!
//! ```book.toml
//! title = "Book"
//! languages = ["fr"]
//! check.missing-words = "off"
//!
//! [kinds.ask]
//! folder = "asks"
//!
//! [kinds.ask.fields]
//! outcome = { one-of = ["open", "done"], required = true }
//! ask = { text = true }
//! ```
//!
//! ```content/asks/a.md
//! +++
//! title = "A"
//! outcome = "open"
//! ask = "Share the maps"
//! +++
//! ```
//!
//! ```content/asks/a.fr.md
//! +++
//! title = "A"
//! outcome = "done"
//! ask = "Partager les cartes"
//! +++
//! ```
//!
//! ```diagnostics
//! content/asks/a.fr.md:2:9-2:12: warning[translation-differs]: "outcome" is not what content/asks/a.md says, which holds for all languages
//!   help: delete the line here, or correct the original
//! ```
//!
//! ```content/asks/a.fr.md
//! +++
//! title = "A"
//! ask = "Partager les cartes"
//! +++
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::site::Site;

/// A translation has another value than its original where both are to have the same.
pub const RULE: Rule = Rule {
    name: "translation-differs",
    summary: "A translation repeats a value of its original otherwise.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A translation whose front matter has another date, status, order, source, reference, word of a list, number or address than the original. These belong to the work, so the original's value is used on all pages. A translation needs only a title, a text, and the fields that hold text.

## Why it matters

Readers of one language would be told something else than those of another: that a matter is closed, or who is asked.

## What to do

Delete the line in the translation. If it is the translation that is right, correct the original.
",
};

/// Reports values of translations that differ from those of their originals.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for (id, note) in site.notes().filter(|(_, note)| !note.differing.is_empty()) {
        let original = &site.note(site.graph.works.original(id)).source;
        for key in &note.differing {
            let message =
                format!("\"{key}\" is not what {original} says, which holds for all languages");
            let found = Diagnostic::warning(&note.source, note.spans.title, &RULE, message);
            out.push(found.help("delete the line here, or correct the original"));
        }
    }
}
