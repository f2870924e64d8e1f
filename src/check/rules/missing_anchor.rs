//! The rule `missing-anchor`.
//!
//! The note is there, and the part is not.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! See [[b#Whta happened]], [[b#^clam]], [b](b.md#nothing) and [[#nothing]].
//!
//! ![[b#nothing]]
//! ```
//!
//! ```content/b.md
//! +++
//! title = "B"
//! +++
//!
//! ## What happened
//!
//! A claim. ^claim
//! ```
//!
//! ```diagnostics
//! content/a.md:5:5-5:24: error[missing-anchor]: content/b.md has no heading "Whta happened"
//!   help: did you mean "What happened"?
//! content/a.md:5:26-5:37: error[missing-anchor]: content/b.md has no block "^clam"
//!   help: did you mean "claim"?
//! content/a.md:5:39-5:56: error[missing-anchor]: content/b.md has no heading "nothing"
//! content/a.md:5:61-5:73: error[missing-anchor]: content/a.md has no heading "nothing"
//! content/a.md:7:1-7:15: error[missing-anchor]: content/b.md has no heading "nothing"
//! ```
//!
//! Of a path of headings, the first that is missing is named. A sign that is encoded parts nothing.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! [[b#What happened#Where]], [[b#Nowhere#What happened]], [[b#Nowhere#Where]] and [b](b.md#What%20happened%23Where).
//! ```
//!
//! ```diagnostics
//! content/a.md:5:1-5:26: error[missing-anchor]: content/b.md has no heading "Where"
//! content/a.md:5:28-5:55: error[missing-anchor]: content/b.md has no heading "Nowhere"
//! content/a.md:5:57-5:76: error[missing-anchor]: content/b.md has no heading "Nowhere"
//! content/a.md:5:81-5:114: error[missing-anchor]: content/b.md has no heading "What happened#Where"
//! ```
//!
//! All is well.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! See [[b#What happened]], [[b#^claim]] and [b](b.md#what-happened).
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::collections::BTreeMap;

use crate::check::occurrences::{Occurrence, occurrences};
use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::graph::{PartFound, Resolution, find_heading};
use crate::nearest::{SUGGESTED, Suggestions};
use crate::note::{Facts, Fragment, NoteId, PartName};
use crate::site::Site;

/// A link names a part that its note does not have.
pub const RULE: Rule = Rule {
    name: "missing-anchor",
    summary: "A link names a part that its note does not have.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A link to a part of a note, such as a heading, that the note does not have.

## Why it matters

The reader arrives at the top of the page, and looks in vain for the part.

## What to do

Correct the name of the heading or block. A heading that others link to can keep its anchor when its words change: `## New words {#old-words}`.
",
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let missing =
        |resolution: &Resolution| matches!(resolution, Resolution::Note(_, PartFound::Missing));
    report(site, occurrences(site, missing), out);
}

/// Reports links to parts that a note does not have.
pub(in crate::check) fn report<'a>(
    site: &'a Site,
    missing: impl Iterator<Item = Occurrence<'a>>,
    out: &mut Vec<Diagnostic>,
) {
    let mut blocks: BTreeMap<NoteId, Suggestions<'_>> = BTreeMap::new();
    let mut headings: BTreeMap<NoteId, Suggestions<'_>> = BTreeMap::new();
    for (number, occurrence) in missing.enumerate() {
        let Resolution::Note(id, _) = occurrence.resolution else { continue };
        let target = site.note(id);
        let facts = &target.facts;
        let (what, wanted) = match &occurrence.target.part {
            Some(Fragment::Block(id)) => ("block", format!("^{id}")),
            Some(Fragment::Heading(names)) => (
                "heading",
                if names.len() > 1 && number < SUGGESTED {
                    missing_name(facts, names).to_owned()
                } else {
                    names.last().map_or("", |name| &*name.written).to_owned()
                },
            ),
            None => continue,
        };
        let near = match &occurrence.target.part {
            _ if number >= SUGGESTED => Vec::new(),
            Some(Fragment::Block(block)) => {
                let names = || Suggestions::new(facts.anchors.iter().map(|anchor| &**anchor));
                blocks.entry(id).or_insert_with(names).near(block)
            }
            _ => {
                let texts = facts.headings.iter().map(|heading| heading.text.as_str());
                headings.entry(id).or_insert_with(|| Suggestions::new(texts)).near(&wanted)
            }
        };
        let message = format!("{} has no {what} \"{wanted}\"", target.source);
        out.push(occurrence.error(&RULE, message).did_you_mean(&near));
    }
}

/// The first name of a path of headings that leads nowhere.
fn missing_name<'n>(facts: &Facts, names: &'n [PartName]) -> &'n str {
    let leads = |to: usize| find_heading(&facts.headings, &names[..to]).is_some();
    let at = (1..names.len()).find(|to| !leads(*to)).unwrap_or(names.len());
    &names[at - 1].written
}
