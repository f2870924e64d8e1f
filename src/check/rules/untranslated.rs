//! The rule `untranslated`.
//!
//! ```book.toml
//! title = "Book"
//! languages = ["fr", "ar"]
//! check.missing-words = "off"
//! check.untranslated = { level = "warning", kinds = ["guideline"], languages = ["fr", "ar"] }
//!
//! [kinds.guideline]
//! folder = "guidelines"
//! ```
//!
//! ```content/guidelines/a.md
//! +++
//! title = "A"
//! +++
//! ```
//!
//! ```content/guidelines/a.fr.md
//! +++
//! title = "A"
//! +++
//! ```
//!
//! ```content/guidelines/b.md
//! +++
//! title = "B"
//! +++
//! ```
//!
//! ```content/guidelines/b.fr.md
//! +++
//! title = "B"
//! status = "draft"
//! +++
//! ```
//!
//! ```content/about.md
//! +++
//! title = "About"
//! +++
//! ```
//!
//! ```diagnostics
//! content/guidelines/a.md:2:9-2:12: warning[untranslated]: the note was not translated into "ar"
//!   help: write content/guidelines/a.ar.md, with a title and the text
//! content/guidelines/b.md:2:9-2:12: warning[untranslated]: the note was not translated into "fr", "ar"
//!   help: finish content/guidelines/b.fr.md, which is a draft
//! ```
//!
//! ```content/guidelines/a.ar.md
//! +++
//! title = "أ"
//! +++
//! ```
//!
//! ```content/guidelines/b.ar.md
//! +++
//! title = "ب"
//! +++
//! ```
//!
//! ```content/guidelines/b.fr.md
//! +++
//! title = "B"
//! +++
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Level, OptionShape, Relaxation, Rule, RuleOption};
use crate::language::Language;
use crate::note::{Note, NoteId, Origin, Status, version_source};
use crate::path::SourcePath;
use crate::site::Site;

/// A note is not there in a language of the book.
pub const RULE: Rule = Rule {
    name: "untranslated",
    summary: "A note was not translated into a language of the book.",
    level: Level::Off,
    relaxation: Relaxation::Off,
    options: &[LANGUAGES],
    page: r#"
## What it finds

A note that was not translated into a language of the book. A translation that is a draft or withdrawn does not count. Notes that are withdrawn or superseded need none.

## Why it matters

A group may owe some of its notes to readers in several languages, such as its guidelines.

## What to do

Write the translation, in the file that the message names. The rule is off unless a book asks for it. It can be set for some kinds, and `languages` names those in which they have to be there, such as `["fr", "ar"]`; without it, all of the book:

    [check]
    untranslated = { level = "warning", kinds = ["guideline"] }

The page of translations (`indexes = ["translations"]`) lists what is missing without asking for it.
"#,
};

const LANGUAGES: RuleOption = RuleOption {
    name: "languages",
    help: "The languages in which notes have to be there; all of the book if none is named.",
    shape: OptionShape::Languages,
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let config = &site.config;
    let asked = match config.check.languages(&RULE, &LANGUAGES) {
        [] => &config.languages[..],
        languages => languages,
    };
    let works = &site.graph.works;
    if works.is_empty() {
        return;
    }
    let drafts: BTreeSet<&SourcePath> = site.drafts.iter().map(|draft| &draft.source).collect();
    let is_meant = |id: NoteId, note: &Note| {
        note.facts.origin == Origin::File && works.original(id) == id && !site.is_past(id)
    };
    for (id, note) in site.notes().filter(|(id, note)| is_meant(*id, note)) {
        let is_there = |language: &&Language| {
            works.all(id).map(|id| &site.note(id).facts).any(|version| {
                version.origin == Origin::File
                    && version.place.language == **language
                    && !matches!(version.card.status, Status::Draft | Status::Withdrawn)
            })
        };
        let missing: Vec<&Language> = asked.iter().filter(|language| !is_there(language)).collect();
        let Some(first) = missing.first() else { continue };
        let codes: Vec<String> = missing.iter().map(|code| format!("\"{code}\"")).collect();
        let message = format!("the note was not translated into {}", codes.join(", "));
        let source = version_source(config, note, first);
        let help = match drafts.contains(&source) {
            true => format!("finish {source}, which is a draft"),
            false => format!("write {source}, with a title and the text"),
        };
        let found = Diagnostic::warning(&note.source, note.spans.title, &RULE, message);
        out.push(found.help(help));
    }
}
