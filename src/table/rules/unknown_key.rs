//! The rule `unknown-key`.
//!
//! Keys that nothing reads, in front matter, in tables within it, and in the configuration.
//!
//! ```book.toml
//! titel = "Book"
//! title = "Book"
//!
//! [kinds.lesson]
//! folder = "lessons"
//! plurl = "Lessons"
//!
//! [kinds.lesson.fields]
//! x = { text = true, requird = true }
//! ```
//!
//! ```content/a.md
//! +++
//! title = "A"
//! sumary = "x"
//! field-of-another-kind = 1
//! sources = [{ title = "x", page = 3 }]
//! +++
//! ```
//!
//! ```diagnostics
//! book.toml:1:1-1:6: error[unknown-key]: nothing here is called "titel"
//!   help: did you mean "title"?
//! book.toml:6:1-6:6: error[unknown-key]: nothing here is called "plurl"
//!   help: did you mean "plural"?
//! book.toml:9:20-9:27: error[unknown-key]: nothing here is called "requird"
//!   help: did you mean "required"?
//! content/a.md:3:1-3:7: error[unknown-key]: nothing here is called "sumary"
//!   help: did you mean "summary"?
//! content/a.md:4:1-4:22: error[unknown-key]: nothing here is called "field-of-another-kind"
//!   help: the keys that can stand here are: title, short, in-sentence, also, summary, date, published, updated, status, draft, publish, endorsed-by, withdrawn-reason, withdrawn-on, comment-until, comment-to, supersedes, sources, review-by, reviewed-on, translation, translated-by, translated-on, translated-from, aliases, permalink, changes, order, terms, except
//!   help: if other programs read it, write below [check] in book.toml: unknown-key = { allow = ["field-of-another-kind"] }
//! content/a.md:5:27-5:31: error[unknown-key]: nothing here is called "page"
//!   help: the keys that can stand here are: ref, title, url, locator, accessed
//! ```
//!
//! All is well.
//!
//! ```book.toml
//! title = "Book"
//! ```
//!
//! ```content/a.md
//! +++
//! title = "A"
//! summary = "x"
//! +++
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Level, OptionShape, Relaxation, Rule, RuleOption};

/// A key is not known here.
pub const RULE: Rule = Rule {
    name: "unknown-key",
    summary: "A key is not known here.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[ALLOW],
    page: "
## What it finds

A key that Fieldbook does not know, often a misspelt one.

## Why it matters

Its value would be lost.

## What to do

Correct the key, or delete the line. Each kind of note has its own fields: `fieldbook schema --kind KIND` lists them.

A key of front matter that is like none of these may be for another program, such as Obsidian. It is reported once for the whole book. To allow such keys, name them in `book.toml`:

    [check]
    unknown-key = { allow = [\"tags\", \"cssclasses\"] }
",
};

/// The keys that are for other programs.
pub const ALLOW: RuleOption = RuleOption {
    name: "allow",
    help: "Keys of front matter that other programs read, and that this one passes over.",
    shape: OptionShape::Names { default: &[] },
};
