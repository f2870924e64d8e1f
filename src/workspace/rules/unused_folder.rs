//! The rule `unused-folder`.
//!
//! Only three folders of a theme are read.
//!
//! ```book.toml
//! title = "Book"
//! theme = "flood"
//! ```
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//! ```
//!
//! ```themes/flood/README.md
//! Our look.
//! ```
//!
//! ```themes/flood/templats/robots.txt
//! User-agent: *
//! ```
//!
//! ```themes/flood/layouts/page.html
//! x
//! ```
//!
//! ```diagnostics
//! themes/flood/layouts/page.html:1:1-1:1: warning[unused-folder]: nothing reads the folder themes/flood/layouts
//!   help: a theme has the folders templates, static, scripts and i18n
//! themes/flood/templats/robots.txt:1:1-1:1: warning[unused-folder]: nothing reads the folder themes/flood/templats
//!   help: did you mean "templates"?
//!   help: a theme has the folders templates, static, scripts and i18n
//! ```
//!
//! ```themes/flood/templats/robots.txt
//! ```
//!
//! ```themes/flood/layouts/page.html
//! ```
//!
//! ```diagnostics
//!
//! ```
//!
//! A folder that is empty, or that git left out because it is, changes nothing.
//!
//! ```themes/flood/README.md
//! ```
//!
//! ```diagnostics
//! book.toml:2:9-2:16: warning[bad-config]: themes/flood has no templates, static, scripts or i18n, so the built-in theme is used
//!   help: put what is to look otherwise into these folders, or delete this line
//! ```

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::nearest::nearest;
use crate::render::DEFAULT;
use crate::source::Sources;
use crate::span::Span;

/// A theme has a folder that nothing reads.
pub const RULE: Rule = Rule {
    name: "unused-folder",
    summary: "A theme has a folder that nothing reads.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A folder of a theme other than `templates`, `static` and `i18n`.

## Why it matters

Nothing in it is read, so the site looks as if it were not there. Often the name is misspelt.

## What to do

Rename the folder, or move its files into the one they belong to: templates and what they include into `templates`, style sheets and pictures into `static`, the words of the interface into `i18n`.
",
};

/// The folders of a theme.
const FOLDERS: [&str; 4] = ["templates", "static", "scripts", "i18n"];

/// Reports the other folders in the theme of the book, or in the book's changes to the default one, which have no
/// effect although somebody wrote files for them.
pub(crate) fn check(sources: &Sources, theme: &str, out: &mut Vec<Diagnostic>) {
    let themes: BTreeSet<&str> = [theme, DEFAULT].into();
    for theme in themes {
        let top = format!("themes/{theme}");
        let mut last = None;
        for source in sources.below(&top) {
            let below = source.path.below(&top).and_then(|below| below.split_once('/'));
            let Some((folder, _)) = below.filter(|(folder, _)| !FOLDERS.contains(folder)) else {
                continue;
            };
            if last.replace(folder) != Some(folder) {
                let message = format!("nothing reads the folder {top}/{folder}");
                let found = Diagnostic::warning(&source.path, Span::default(), &RULE, message);
                let found = found.did_you_mean(&nearest(folder, FOLDERS));
                out.push(found.help("a theme has the folders templates, static, scripts and i18n"));
            }
        }
    }
}
