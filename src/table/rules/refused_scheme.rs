//! The rule `refused-scheme`.
//!
//! Addresses that could run something.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! sources = [{ title = "x", url = "javascript:x" }]
//! +++
//!
//! [x](javascript:alert(1)) <vbscript:x> ![x](data:image/png;base64,AAAA) <a href="JavaScript:x">x</a>
//! ```
//!
//! ```diagnostics
//! content/a.md:3:33-3:47: error[refused-scheme]: "javascript:x" is not the address of a page
//!   help: an address begins with https:// or http://
//! content/a.md:6:1-6:25: error[refused-scheme]: a link may not begin with "javascript:"
//!   help: links lead to notes of the book, or begin with https:, http:, mailto: or tel:
//! content/a.md:6:26-6:38: error[refused-scheme]: a link may not begin with "vbscript:"
//!   help: links lead to notes of the book, or begin with https:, http:, mailto: or tel:
//! content/a.md:6:39-6:71: error[refused-scheme]: a link may not begin with "data:"
//!   help: links lead to notes of the book, or begin with https:, http:, mailto: or tel:
//! content/a.md:6:75-6:94: error[refused-scheme]: a link may not begin with "javascript:"
//!   help: links lead to notes of the book, or begin with https:, http:, mailto: or tel:
//! ```
//!
//! An address with a space in it.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! sources = [{ title = "x", url = "https://x.org/a b" }, { title = "y", url = "https://y.org " }]
//! +++
//! ```
//!
//! ```diagnostics
//! content/a.md:3:33-3:52: error[refused-scheme]: "https://x.org/a b" is not the address of a page
//!   help: an address holds no spaces; write it like this: https://x.org/a%20b
//! content/a.md:3:77-3:93: error[refused-scheme]: "https://y.org " is not the address of a page
//!   help: an address holds no spaces; write it like this: https://y.org
//! ```
//!
//! Addresses that lead somewhere.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! sources = [{ title = "x", url = "https://example.org/" }]
//! +++
//!
//! [x](https://example.org/) [x](mailto:a@example.org) [x](tel:+41)
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Level, Relaxation, Rule};

/// A link begins with a scheme that is not allowed.
pub const RULE: Rule = Rule {
    name: "refused-scheme",
    summary: "A link begins with a scheme that is not allowed.",
    level: Level::Error,
    relaxation: Relaxation::None("it could run a program in the browser of a reader"),
    options: &[],
    page: "
## What it finds

A link that begins with a word other than `https:`, `http:`, `mailto:` or `tel:`.

## Why it matters

Such a link could run a program on the reader's machine.

## What to do

Use an address of the web, or the path of a note.
",
};
