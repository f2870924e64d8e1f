//! The rule `active-file`.
//!
//! Files that a browser runs, and that the book has all the same: those it allows, and pictures of its own.
//!
//! ```book.toml
//! title = "Book"
//!
//! [files]
//! allow = ["html", "svg"]
//! ```
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! ![A map](map.svg) [the lanes in 2024](more.html)
//! ```
//!
//! ```content/map.svg
//! <svg xmlns="http://www.w3.org/2000/svg">
//!   <script>alert(1)</script>
//! </svg>
//! ```
//!
//! ```content/more.html
//! <p>Words</p>
//! ```
//!
//! ```static/sign.svg
//! <svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>
//! ```
//!
//! ```static/own.html
//! <p>A page of the book's own.</p>
//! ```
//!
//! ```diagnostics
//! content/map.svg:2:3-2:11: warning[active-file]: this file may do more than show itself: it holds <script>
//!   help: make sure that it comes from somebody you trust, and does what it should
//! content/more.html:1:1-1:1: warning[active-file]: this file may do more than show itself: a browser may run a file that is called .html
//!   help: make sure that it comes from somebody you trust, and does what it should
//! static/sign.svg:1:1-1:60: warning[active-file]: this file may do more than show itself: it runs a script by onload
//!   help: make sure that it comes from somebody you trust, and does what it should
//! ```
//!
//! All is well.
//!
//! ```book.toml
//! title = "Book"
//!
//! [files]
//! allow = ["html", "svg"]
//!
//! [check]
//! active-file = "off"
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::source::Source;
use crate::span::Span;

/// A file that a browser can run is published.
pub const RULE: Rule = Rule {
    name: "active-file",
    summary: "A file that a browser can run is published.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A file that a browser may run, and that is published anyway: it lies beside a note and `[files]` in `book.toml` allows it, or it is a picture in `static/`.

## Why it matters

It can do all that the site can do: change what readers see, or send away what a writer sees.

## What to do

Open the file in a text editor, and make sure that you know what it does. Save a picture as a plain SVG or as a PNG. If such files are part of your book, turn the warning off with `active-file = "off"` below `[check]`.
"#,
};

/// Reports a file that the book allows all the same.
pub(crate) fn finding(source: &Source, place: Span, what: &str) -> Diagnostic {
    let message = format!("this file may do more than show itself: {what}");
    Diagnostic::warning(&source.path, place, &RULE, message)
        .help("make sure that it comes from somebody you trust, and does what it should")
}
