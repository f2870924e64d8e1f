//! The rule `missing-asset`.
//!
//! Pictures and files that are not there.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! ![A map](mpa.png) ![[plan.png]] [report](report.pdf) <img src="x.png" alt="x">
//! ```
//!
//! ```content/map.png
//! a picture
//! ```
//!
//! ```diagnostics
//! content/a.md:5:1-5:18: error[missing-asset]: there is no file "mpa.png"
//!   help: did you mean "map.png"?
//! content/a.md:5:19-5:32: error[missing-asset]: there is no file "plan.png"
//!   help: a file lies beside the note that shows it, or in the folder static
//! content/a.md:5:19-5:32: warning[no-alt-text]: this picture has no words for those who can't see it
//!   help: say what it shows: ![what it shows](file)
//! content/a.md:5:33-5:53: error[missing-asset]: there is no file "report.pdf"
//!   help: a file lies beside the note that shows it, or in the folder static
//! content/a.md:5:59-5:70: error[missing-asset]: there is no file "x.png"
//!   help: a file lies beside the note that shows it, or in the folder static
//! ```
//!
//! All is well.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! ![A map](map.png)
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::cell::LazyCell;
use std::collections::BTreeMap;

use crate::check::occurrences::{Occurrence, occurrences};
use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::graph::Resolution;
use crate::nearest::{SUGGESTED, Suggestions};
use crate::scheme::whole_address;
use crate::site::Site;

/// A picture or file that is linked is not in the book.
pub const RULE: Rule = Rule {
    name: "missing-asset",
    summary: "A picture or file that is linked is not in the book.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A picture or file that is linked and is not in the book.

## Why it matters

The reader sees an empty frame, or lands on an error page.

## What to do

Correct the name: small and capital letters count. Put the file beside the note, or into the folder `static`.
",
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let files = LazyCell::new(|| FileNames::new(site));
    let missing = occurrences(site, |resolution| *resolution == Resolution::Missing);
    for (number, occurrence) in missing.filter(names_file).enumerate() {
        out.push(files.missing(&occurrence, number < SUGGESTED));
    }
}

/// Says whether a link that leads nowhere is meant to lead to a file of the book.
pub(in crate::check) fn names_file(occurrence: &Occurrence<'_>) -> bool {
    occurrence.field.is_none()
        && whole_address(&occurrence.target.written).is_none()
        && file_ending(&occurrence.target.path).is_some()
}

/// The names of the files of the book, without their folders.
struct FileNames<'a> {
    names: Suggestions<'a>,
    /// The names by how they are written in small letters.
    small: BTreeMap<String, Vec<&'a str>>,
}

impl<'a> FileNames<'a> {
    fn new(site: &'a Site) -> Self {
        let names = || site.files.iter().map(|(output, _)| name_of(output.as_str()));
        let mut small: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for name in names() {
            let alike = small.entry(name.to_lowercase()).or_default();
            // Two that differ tell all that is asked.
            if alike.len() < 2 && !alike.contains(&name) {
                alike.push(name);
            }
        }
        Self { names: Suggestions::new(names()), small }
    }

    fn missing(&self, occurrence: &Occurrence<'_>, suggest: bool) -> Diagnostic {
        let path = &*occurrence.target.path;
        let name = name_of(path);
        let near = if suggest { self.names.near(name) } else { Vec::new() };
        let message = format!("there is no file \"{path}\"");
        let alike = self.small.get(&name.to_lowercase());
        let is_other_case = alike.is_some_and(|alike| alike.iter().any(|other| *other != name));
        let diagnostic = occurrence.error(&RULE, message);
        let diagnostic = match path.contains('/') {
            // The names are those of files, without their folders.
            true => diagnostic.did_you_mean(&near),
            false => occurrence.suggest(diagnostic, &near),
        };
        match (is_other_case, near.is_empty()) {
            (true, _) => diagnostic.help("small and capital letters count in the name of a file"),
            (false, true) => diagnostic
                .help("a file lies beside the note that shows it, or in the folder static"),
            (false, false) => diagnostic,
        }
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns the ending of a path to a file that is no note.
fn file_ending(path: &str) -> Option<&str> {
    let (_, ending) = name_of(path).rsplit_once('.')?;
    let is_ending = (2..=5).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    (is_ending && !matches!(ending, "md" | "html")).then_some(ending)
}
