//! Messages about files that are not read.

pub mod rules;

use rules::{file_too_large, not_a_note, not_text, outside_book, unreadable};

use crate::diagnostic::Diagnostic;
use crate::source::{FileContent, Refusal, Source, SourceRole, renamed};

/// Returns the reason why the file is not read, if it isn't.
pub fn refused(source: &Source) -> Option<Diagnostic> {
    let FileContent::Refused(refusal) = &source.content else {
        let is_misnamed = SourceRole::of(&source.path) == SourceRole::Misnamed;
        let name = is_misnamed.then(|| renamed(source.path.as_str())).flatten()?;
        return Some(not_a_note::finding(source, &name));
    };
    Some(match refusal {
        Refusal::NotText { before } => not_text::finding(source, before),
        Refusal::TooLarge { limit } => file_too_large::finding(source, *limit),
        Refusal::LeavesBook => outside_book::finding(source),
        Refusal::Unreadable(why) => unreadable::finding(source, why),
    })
}
