//! The rule `no-notes`, explained in `src/manual/content/rules/no-notes.md`.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::note::{Note, Origin};
use crate::path::SourcePath;
use crate::site::Site;
use crate::span::Span;

/// There is nothing in the folder of the notes.
pub const RULE: Rule = Rule {
    name: "no-notes",
    summary: "There is nothing in the folder of the notes.",
    level: Level::Error,
    relaxation: Relaxation::None("there would be nothing to publish"),
    options: &[],
    page: manual!("no-notes"),
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let is_written = |note: &Arc<Note>| note.facts.origin == Origin::File;
    if site.drafts.is_empty() && !site.notes.iter().any(is_written) {
        let path = SourcePath::new(site.config.path.as_str());
        let message = "the book has no notes: there are none in the folder content";
        let found = Diagnostic::error(&path, Span::default(), &RULE, message);
        out.push(found.help("put the folder back, or write the first note: content/index.md"));
    }
}
