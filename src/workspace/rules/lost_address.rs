//! The rule `lost-address`.
//!
//! A page that was published is renamed, and another is gone.
//!
//! ```published
//! lessons/old-name.html Ask early
//! lessons/gone.html Gone
//! ```
//!
//! ```content/lessons/new-name.md
//! +++
//! title = "Ask early"
//! +++
//!
//! Text.
//! ```
//!
//! ```diagnostics
//! book.toml:1:1-1:1: warning[lost-address]: there was a page at the address lessons/gone.html, and nothing is there now
//!   help: write aliases = ["/lessons/gone.html"] in the note that readers should find there
//!   help: if there is none, write lost-address = { gone = ["/lessons/gone.html"] } below [check]
//! content/lessons/new-name.md:2:9-2:20: warning[lost-address]: this page was at the address lessons/old-name.html, which leads nowhere now
//!   help: write aliases = ["/lessons/old-name.html"]
//! ```
//!
//! The former address leads to the new page, and the book gives up the other.
//!
//! ```book.toml
//! title = "Book"
//!
//! [check]
//! lost-address = { gone = ["/lessons/gone.html"] }
//! ```
//!
//! ```content/lessons/new-name.md
//! +++
//! title = "Ask early"
//! aliases = ["/lessons/old-name.html"]
//! +++
//!
//! Text.
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{
    Diagnostic, Fix, FixSafety, Level, OptionShape, Relaxation, Rule, RuleOption,
};
use crate::fingerprint::Fingerprint;
use crate::note::{Note, Origin, Status};
use crate::note_settings::with_alias;
use crate::parse::former_address;
use crate::path::{OutputPath, SourcePath};
use crate::site::Site;
use crate::source::{Source, Sources};
use crate::span::Span;
use crate::workspace::published::PublishedPages;

/// The addresses that the book gives up.
const GONE: RuleOption = RuleOption {
    name: "gone",
    help: "Addresses of pages that are gone for good, such as `[\"/lessons/old.html\"]`.",
    shape: OptionShape::Texts,
};

/// A page was published at an address that now leads nowhere.
pub const RULE: Rule = Rule {
    name: "lost-address",
    summary: "A page was published at an address that now leads nowhere.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[GONE],
    page: r#"
## What it finds

An address at which an earlier build wrote the page of a note, and at which the site has nothing now: the note was renamed, moved or deleted, or its folder got another address, and no note has the address among its `aliases`. Only builds on this machine to the same folder are known. The pages of drafts don't count.

## Why it matters

Others link to pages, print their addresses and keep them as bookmarks. Whoever follows such a link finds an error page, and may think that the advice was withdrawn.

## What to do

Add the address to the `aliases` of the note that readers should find there. `fieldbook fix` does that where one note has the title of the page that is gone. `fieldbook mv` moves a note and keeps its address.

    aliases = ["/lessons/old-name.html"]

If nothing takes the place of the page, say so in `book.toml`:

    [check]
    lost-address = { gone = ["/lessons/old-name.html"] }
"#,
};

/// The most addresses without a successor that are reported one by one.
const MAX_LISTED: usize = 10;

/// Returns the pages of notes of a site, and those of earlier ones at whose addresses nothing is any more; `is_there` tells of
/// each address whether it has an output. Drafts are no pages that readers know.
pub(in crate::workspace) fn published(
    site: &Site,
    before: &PublishedPages,
    is_there: impl Fn(&OutputPath) -> bool,
) -> PublishedPages {
    let is_published =
        |note: &&Note| note.facts.origin == Origin::File && note.facts.card.status != Status::Draft;
    let pages = site.notes().map(|(_, note)| note).filter(is_published);
    let address = |note: &Note| (note.facts.place.output.clone(), title(note));
    let lost = lost(site, before, is_there);
    let lost = lost.into_iter().map(|(address, title)| (address.clone(), title));
    PublishedPages { titles: lost.chain(pages.map(address)).collect() }
}

/// Returns the addresses at which nothing is any more, with the titles of their notes, but for those that the book gives up.
fn lost<'p>(
    site: &Site,
    published: &'p PublishedPages,
    is_there: impl Fn(&OutputPath) -> bool,
) -> Vec<(&'p OutputPath, Fingerprint)> {
    let gone = published.titles.iter().filter(|(address, _)| !is_there(address));
    let gone: Vec<_> = gone.map(|(address, title)| (address, *title)).collect();
    if gone.is_empty() {
        return gone;
    }
    let given_up = site.config.check.texts(&RULE, &GONE).iter();
    let given_up: BTreeSet<OutputPath> =
        given_up.filter_map(|written| former_address(written)).collect();
    gone.into_iter().filter(|(address, _)| !given_up.contains(*address)).collect()
}

/// Returns the fingerprint of the title of a note.
fn title(note: &Note) -> Fingerprint {
    Fingerprint::of(note.facts.card.title.as_str())
}

/// Returns a warning for each published address at which nothing is any more. Where one note has the title of the page,
/// the warning stands there.
pub(in crate::workspace) fn check(
    site: &Site,
    sources: &Sources,
    before: &PublishedPages,
    is_there: impl Fn(&OutputPath) -> bool,
) -> Vec<Diagnostic> {
    let lost = lost(site, before, is_there);
    if lost.is_empty() {
        return Vec::new();
    }
    let mut successors: BTreeMap<Fingerprint, Vec<&Note>> = BTreeMap::new();
    let notes = site.notes().map(|(_, note)| note);
    let written = notes.filter(|note| note.facts.origin == Origin::File);
    written.for_each(|note| successors.entry(title(note)).or_default().push(note));
    let drafts = site.drafts.iter().map(|draft| (&draft.facts.place.output, draft));
    let drafts: BTreeMap<&OutputPath, &Arc<Note>> = drafts.collect();
    let mut found = Vec::new();
    let mut without: Vec<&OutputPath> = Vec::new();
    for (address, title) in lost {
        if let Some(draft) = drafts.get(address) {
            found.push(withdrawn(draft));
            continue;
        }
        match successors.get(&title).map(Vec::as_slice) {
            Some([note]) => found.push(moved(site, sources, note, address)),
            _ => without.push(address),
        }
    }
    let n_listed = if without.len() > MAX_LISTED { 1 } else { without.len() };
    for (at, address) in without[..n_listed].iter().enumerate() {
        let n_others = if at == 0 { without.len() - n_listed } else { 0 };
        found.push(gone(&SourcePath::new(site.config.path.as_str()), address, n_others));
    }
    found
}

/// Returns the warning about an address whose page most likely moved to that of `note`.
fn moved(site: &Site, sources: &Sources, note: &Note, address: &OutputPath) -> Diagnostic {
    let message = format!("this page was at the address {address}, which leads nowhere now");
    let warning = Diagnostic::warning(&note.source, note.spans.title, &RULE, message);
    let warning = warning.help(format!("write aliases = [\"/{address}\"]"));
    // A build drops the texts of notes, and offers no fixes.
    let text = sources.get(&note.source).and_then(Source::text).filter(|text| !text.is_empty());
    let kind = site.config.kind(note.facts.kind);
    match text.and_then(|text| with_alias(text, note, kind, address)) {
        Some(edits) if !edits.is_empty() => {
            let fix = Fix::new(format!("add the alias /{address}"), FixSafety::Safe);
            warning.fix(edits.into_iter().fold(fix, |fix, edit| fix.replace(edit.span, edit.text)))
        }
        _ => warning,
    }
}

/// Returns the warning about a note that was published and is a draft now.
fn withdrawn(draft: &Note) -> Diagnostic {
    let address = &draft.facts.place.output;
    let message = format!("readers knew this note at the address {address}, and it is a draft now");
    Diagnostic::warning(&draft.source, draft.spans.title, &RULE, message)
        .help("to tell readers that it no longer counts, write status = \"withdrawn\"")
}

/// Returns the warning about an address whose page, and `n_others`, went without a successor.
fn gone(config: &SourcePath, address: &OutputPath, n_others: usize) -> Diagnostic {
    let others = match n_others {
        0 => String::new(),
        others => format!(", and at {others} others"),
    };
    let message =
        format!("there was a page at the address {address}, and nothing is there now{others}");
    Diagnostic::warning(config, Span::default(), &RULE, message)
        .help(format!(
            "write aliases = [\"/{address}\"] in the note that readers should find there"
        ))
        .help(format!(
            "if there is none, write lost-address = {{ gone = [\"/{address}\"] }} below [check]"
        ))
}
